"""What is measured, in the order of the table. A new one is a file here and its name below."""

from gemeente.bench.measurements.home import Home
from gemeente.bench.measurements.intake import Intake
from gemeente.bench.measurements.picture import Picture
from gemeente.bench.measurements.queue import Queue
from gemeente.bench.request import Measurement

ALL: tuple[Measurement, ...] = (Intake(), Picture(), Home(), Queue())
