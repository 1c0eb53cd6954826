"""Tells what came out: a table and what falls short, for a person; a list, for a machine."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from gemeente.bench.figures import LIVE_P99_AT_MOST, LOAD_SHARE_AT_MOST, MEGABYTES_AT_MOST, Outcome

_HEAD = ("meting", "per s", "p50 ms", "p99 ms", "SQL", "kaal per s", "t.o.v. kaal", "web MB")
_WIDTHS = (-10, 9, 8, 8, 5, 11, 12, 8)


def table(outcome: Outcome) -> Iterator[str]:
    """Yield the lines of the table, then what the worker and the load took, then each shortfall."""
    yield _line(_HEAD)
    for one in outcome.figures:
        rates = (f"{one.per_second:.0f}", f"{one.p50_ms:.1f}", f"{one.p99_ms:.1f}", str(one.sql_statements))
        yield _line((one.name, *rates, f"{one.raw_per_second:.0f}", f"{one.ratio_to_raw:.2f}", f"{one.rss_mb:.0f}"))
    live = outcome.live
    yield f"Van wijziging tot scherm, {live.browsers} schermen open: p50 {live.p50_ms:.1f} ms, p99 {live.p99_ms:.1f} ms."
    yield f"De worker verwerkte {outcome.worker_messages} berichten en neemt {outcome.worker_mb:.0f} MB."
    yield f"De belasting zelf nam ten hoogste {outcome.load_share:.0%} van een processorkern."
    yield from _short(outcome)


def _line(cells: tuple[str, ...]) -> str:
    return "".join(
        cell.ljust(-width) if width < 0 else cell.rjust(width) for cell, width in zip(cells, _WIDTHS, strict=True)
    )


def _short(outcome: Outcome) -> Iterator[str]:
    for short in outcome.shortfalls:
        yield from (f"Niet gehaald: {short.name} {words}." for words in short.words)
        yield f"Waar {short.name} de tijd aan besteedt (eigen deel, deel met wat het aanroept, keren per verzoek):"
        yield from short.hot_spots
    if outcome.live.p99_ms > LIVE_P99_AT_MOST:
        yield f"Niet gehaald: live duurt {outcome.live.p99_ms:.0f} ms in 1 op de 100 keren; het doel is {LIVE_P99_AT_MOST:.0f}."
    if outcome.too_large:
        yield f"Niet gehaald: de webserver en de worker nemen elk ten hoogste {MEGABYTES_AT_MOST} MB. Wat een proces inneemt:"
        yield from outcome.memory_use
    if outcome.load_share > LOAD_SHARE_AT_MOST:
        yield "Let op: de belasting zelf was de rem. Deze cijfers zijn te laag."


def write_json(outcome: Outcome, file: Path) -> None:
    """Write one object for each measurement."""
    file.write_text(
        json.dumps([*map(asdict, outcome.figures), asdict(outcome.live)], indent=1) + "\n", encoding="utf-8"
    )
