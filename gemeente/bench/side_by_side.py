"""Measures the product and the raw application in turn, in short rounds, so that what disturbs the one disturbs the other."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import median, quantiles

from gemeente.bench.cast import rows
from gemeente.bench.database.scale import Scale
from gemeente.bench.figures import Figures, Outcome, shortfalls
from gemeente.bench.load import Drive, Shot, drive
from gemeente.bench.measurements import ALL
from gemeente.bench.record import Inside
from gemeente.bench.recording import Recording
from gemeente.bench.request import Measurement, Request
from gemeente.bench.servers import Servers
from gemeente.config.run.tell import step

WARM_SECONDS = 0.5
WORKER_SECONDS = 20


@dataclass(frozen=True)
class Prepared:
    """A measurement with its requests, and what the product did for each."""

    measurement: Measurement
    requests: list[Request]
    recordings: list[Recording]


def measure(servers: Servers, scale: Scale) -> Outcome:
    """Do all measurements on servers whose database is ready. Raises WrongAnswer and StartError."""
    with step("Website starten", heard=True):
        servers.start_web()
    with step("Inloggen en vastleggen wat elk verzoek doet"):
        inside = Inside()
        prepared = [_prepare(inside, measurement, servers) for measurement in ALL]
        recorded = {one.measurement.name: one.recordings for one in prepared}
        servers.recordings.write_bytes(pickle.dumps(recorded))
    with step("Kale toepassing starten"):
        servers.start_raw()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        measured = [_measure(beside, one, servers, scale) for one in prepared]
    return _outcome(measured, servers)


def _prepare(inside: Inside, measurement: Measurement, servers: Servers) -> Prepared:
    requests = measurement.requests(f"127.0.0.1:{servers.web_port}")
    inside.record(requests[0])  # fills what a process keeps, such as the catalogue and the templates
    return Prepared(measurement, requests, [inside.record(request) for request in requests])


@dataclass(frozen=True)
class _Sides:
    product: list[Drive]
    raw: list[Drive]
    figures: Figures


def _measure(beside: ProcessPoolExecutor, one: Prepared, servers: Servers, scale: Scale) -> _Sides:
    name = one.measurement.name
    raw_wires = [request.wire(servers.raw_port, f"/{name}/{nth}") for nth, request in enumerate(one.requests)]
    sides = {
        servers.web_port: [_shot(request, request.wire(servers.web_port)) for request in one.requests],
        servers.raw_port: [_shot(request, wire) for request, wire in zip(one.requests, raw_wires, strict=True)],
    }
    driven: dict[int, list[Drive]] = {port: [] for port in sides}
    with step(f"Meten: {name}"):
        for port, shots in sides.items():
            beside.submit(drive, port, shots, WARM_SECONDS).result()
        for nth in range(scale.rounds):
            for port in sorted(sides, reverse=bool(nth % 2)):
                driven[port].append(beside.submit(drive, port, sides[port], scale.seconds).result())
    product, raw = driven[servers.web_port], driven[servers.raw_port]
    return _Sides(product, raw, _figures(one, product, raw, servers.web_megabytes()))


def _shot(request: Request, wire: bytes) -> Shot:
    return Shot(wire, request.status, request.marker.encode())


def _figures(one: Prepared, product: list[Drive], raw: list[Drive], megabytes: float) -> Figures:
    times = quantiles((time for drive in product for time in drive.milliseconds), n=100)
    per_second, raw_per_second = (median(drive.per_second for drive in side) for side in (product, raw))
    return Figures(
        name=one.measurement.name,
        per_second=round(per_second, 1),
        p50_ms=round(times[49], 2),
        p99_ms=round(times[98], 2),
        sql_statements=max(recording.wire_statements for recording in one.recordings),
        raw_per_second=round(raw_per_second, 1),
        ratio_to_raw=round(per_second / raw_per_second, 3),
        rss_mb=round(megabytes, 1),
    )


def _outcome(measured: list[_Sides], servers: Servers) -> Outcome:
    figures = [one.figures for one in measured]
    messages, megabytes = _worker(servers)
    picture = next(one.p50_ms for one in figures if one.name == "picture")
    return Outcome(
        figures=figures,
        shortfalls={one.name: shortfalls(one, each.targets, picture) for one, each in zip(figures, ALL, strict=True)},
        worker_mb=megabytes,
        worker_messages=messages,
        load_share=max(drive.load_share for one in measured for drive in one.product + one.raw),
    )


def _worker(servers: Servers) -> tuple[int, float]:
    """Let the worker take in what the measurements left in the outbox; return how many messages, and its memory."""
    before = _due()
    with step("Worker laten verwerken wat er binnenkwam", heard=True):
        servers.start_worker()
        servers.keep_until(lambda: _due() == 0, seconds=WORKER_SECONDS)
    return before - _due(), servers.worker_megabytes()


def _due() -> int:
    return int(rows("SELECT count(*) FROM kernel_delivery")[0][0])
