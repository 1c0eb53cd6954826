"""Measures the product and the raw application in turn, in short rounds, so that what disturbs the one disturbs the other."""

import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from statistics import median, quantiles

from gemeente.bench import live
from gemeente.bench.cast import rows, team_at_work
from gemeente.bench.database.scale import Scale
from gemeente.bench.deeds import Call, Deed, do_deed
from gemeente.bench.figures import Figures, LiveFigures, Outcome, Shortfall, shortfalls
from gemeente.bench.hot_spots import hot_spots
from gemeente.bench.load import Drive, Shot, drive
from gemeente.bench.measurements import ALL, DEEDS
from gemeente.bench.memory import memory_use
from gemeente.bench.record import Inside
from gemeente.bench.recording import Recording
from gemeente.bench.request import Measurement, Request, Targets
from gemeente.bench.servers import START_SECONDS, Servers
from gemeente.config.run.tell import step
from gemeente.kernel.ids import new_id

WARM_SECONDS = 0.5


@dataclass(frozen=True)
class _Prepared:
    """A measurement with its requests, and what the product did for each."""

    measurement: Measurement
    requests: list[Request]
    recordings: list[Recording]


@dataclass(frozen=True)
class _Sides:
    """The rounds of a measurement on both sides, and the memory of the web server after them."""

    product: list[Drive]
    raw: list[Drive]
    megabytes: float


@dataclass(frozen=True)
class _Measured:
    """What came out of a measurement, what it had to reach, and the calls that show where its time goes."""

    figures: Figures
    targets: Targets
    calls: list[Call]


def measure(servers: Servers, scale: Scale) -> Outcome:
    """Do all measurements on servers whose database is ready. Raises WrongAnswer and StartError."""
    with step("Website starten", heard=True):
        servers.start_web()
    with step("Inloggen en vastleggen wat elk verzoek doet"):
        inside = Inside()
        prepared = [_prepare(inside, measurement, servers, scale) for measurement in ALL]
        servers.recordings.write_bytes(pickle.dumps({one.measurement.name: one.recordings for one in prepared}))
    with step("Kale toepassing starten", heard=True):
        servers.start_raw()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
        sides = [_drive(beside, one, servers, scale) for one in prepared]
        screens = _screens(beside, servers, scale)
    done = [_do(deed, servers, scale) for deed in DEEDS]
    measured = [_measured(inside, one, side) for one, side in zip(prepared, sides, strict=True)] + done
    messages, megabytes = _worker(servers, scale)
    return Outcome(
        figures=[one.figures for one in measured],
        shortfalls=_shortfalls(measured),
        worker_mb=megabytes,
        worker_messages=messages,
        load_share=max(drive.load_share for side in sides for drive in side.product + side.raw),
        memory_use=memory_use(dict(os.environ)),
        live=screens,
    )


def _prepare(inside: Inside, measurement: Measurement, servers: Servers, scale: Scale) -> _Prepared:
    requests = measurement.requests(f"127.0.0.1:{servers.web_port}", scale.requests)
    inside.record(requests[0])  # fills what a process keeps, such as the catalogue and the templates
    return _Prepared(measurement, requests, [inside.record(request) for request in requests])


def _drive(beside: ProcessPoolExecutor, one: _Prepared, servers: Servers, scale: Scale) -> _Sides:
    name, web, raw, at_once = one.measurement.name, servers.web_port, servers.raw_port, one.measurement.targets.at_once
    shots = {
        web: [_shot(request, request.wire(web)) for request in one.requests],
        raw: [_shot(request, request.wire(raw, f"/{name}/{nth}")) for nth, request in enumerate(one.requests)],
    }
    driven: dict[int, list[Drive]] = {web: [], raw: []}
    with step(f"Meten: {name}"):
        for port in driven:
            beside.submit(drive, port, shots[port], WARM_SECONDS, at_once).result()
        for nth in range(scale.rounds):
            for port in sorted(driven, reverse=nth % 2 == 1):
                driven[port].append(beside.submit(drive, port, shots[port], scale.seconds, at_once).result())
    return _Sides(driven[web], driven[raw], servers.web_megabytes())


def _shot(request: Request, wire: bytes) -> Shot:
    return Shot(wire, request.status, request.marker.encode())


def _do(deed: Deed, servers: Servers, scale: Scale) -> _Measured:
    with step(f"Meten: {deed.name}"):
        done = do_deed(deed, scale)
    side = _Sides(done.product, done.raw, servers.web_megabytes())
    return _Measured(_figures(deed.name, done.recordings, side), deed.targets, done.calls)


def _measured(inside: Inside, one: _Prepared, side: _Sides) -> _Measured:
    calls: list[Call] = [partial(_ask, inside, request) for request in one.requests]
    return _Measured(_figures(one.measurement.name, one.recordings, side), one.measurement.targets, calls)


def _ask(inside: Inside, request: Request) -> None:
    inside.ask(request, new_id())


def _figures(name: str, recordings: list[Recording], side: _Sides) -> Figures:
    times = quantiles((time for drive in side.product for time in drive.milliseconds), n=100)
    per_second, raw_per_second = (median(drive.per_second for drive in half) for half in (side.product, side.raw))
    return Figures(
        name=name,
        per_second=round(per_second, 1),
        p50_ms=round(times[49], 2),
        p99_ms=round(times[98], 2),
        sql_statements=max(recording.wire_statements for recording in recordings),
        raw_per_second=round(raw_per_second, 1),
        ratio_to_raw=round(per_second / raw_per_second, 3),
        rss_mb=round(side.megabytes, 1),
    )


def _shortfalls(measured: list[_Measured]) -> list[Shortfall]:
    """Return where a measurement falls short, each with the profile of its calls."""
    picture = next(one.figures.p50_ms for one in measured if one.figures.name == "picture")
    short: list[Shortfall] = []
    for one in measured:
        if words := shortfalls(one.figures, one.targets, picture):
            short.append(Shortfall(one.figures.name, words, hot_spots(one.calls)))
    return short


def _screens(beside: ProcessPoolExecutor, servers: Servers, scale: Scale) -> LiveFigures:
    """Let a change come to all open screens, again and again."""
    servers.start_live()
    number, cookies = team_at_work(scale.browsers + 1)
    who = live.Cast(number, cookies[0], cookies[1:])
    with step(f"Meten: live, {scale.browsers} schermen"):
        taken = beside.submit(live.watch, servers.live_port, servers.web_port, who, scale.changes).result()
    times = quantiles(taken, n=100)
    p50, p99 = round(times[49], 2), round(times[98], 2)
    return LiveFigures(name="live", browsers=scale.browsers, changes=scale.changes, p50_ms=p50, p99_ms=p99)


def _worker(servers: Servers, scale: Scale) -> tuple[int, float]:
    """Let the worker take in what the measurements left in the outbox; return how many messages, and its memory."""
    before = _due()
    with step("Worker laten verwerken wat er binnenkwam", heard=True):
        servers.start_worker()
        servers.keep_until(lambda: _due() < before, seconds=START_SECONDS)
        servers.keep_until(lambda: _due() == 0, seconds=scale.worker_seconds)
    return before - _due(), servers.worker_megabytes()


def _due() -> int:
    return int(rows("SELECT count(*) FROM kernel_delivery")[0][0])
