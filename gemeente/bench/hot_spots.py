"""Shows where the product spends its time on a request."""

import cProfile
import pstats
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from gemeente.bench.record import Inside
from gemeente.bench.request import Request
from gemeente.kernel.ids import new_id

REQUESTS = 300
SHOWN = 15


def hot_spots(inside: Inside, requests: list[Request]) -> list[str]:
    """Do these requests in turn in this process; return a line for each function that takes most time by itself."""
    profile = cProfile.Profile()
    for request in islice(cycle(requests), REQUESTS):
        profile.runcall(inside.ask, request, new_id())
    stats = pstats.Stats(profile)
    # typeshed does not know these two: the measured functions, and the seconds of all together.
    return list(_lines(stats.stats, stats.total_tt))  # type: ignore[attr-defined]


def _lines(functions: dict[Any, Any], seconds: float) -> Iterator[str]:
    """Yield own share of the time, share with all that it calls, calls for each request, and where it stands."""
    by_own_time = sorted(functions.items(), key=lambda one: one[1][2], reverse=True)
    for (file, line, name), (_, calls, own, whole, _) in by_own_time[:SHOWN]:
        where = f"{'/'.join(Path(file).parts[-3:])}:{line} " if line else ""
        yield f"{own / seconds:6.1%} {whole / seconds:6.1%} {calls / REQUESTS:8.1f}×  {where}{name}"
