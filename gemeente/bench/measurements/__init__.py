"""What is measured, in the order of the table. A new one is a file here and its name below."""

from gemeente.bench.deeds import Deed
from gemeente.bench.measurements.handover import HandOver
from gemeente.bench.measurements.home import Home
from gemeente.bench.measurements.intake import Intake
from gemeente.bench.measurements.picture import Picture
from gemeente.bench.measurements.promise_due import PromiseDue
from gemeente.bench.measurements.queue import Queue
from gemeente.bench.measurements.search_name import SearchName, SearchTypo
from gemeente.bench.measurements.search_text import SearchText
from gemeente.bench.request import Measurement

ALL: tuple[Measurement, ...] = (Intake(), Picture(), Home(), Queue(), SearchText())
# What the product does without a request, or within one.
DEEDS: tuple[Deed, ...] = (SearchName(), SearchTypo(), HandOver(), PromiseDue())
