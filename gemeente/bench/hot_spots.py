"""Shows where the product spends its time on a request: by part of the software, and by function."""

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

REQUESTS = 100
PARTS_SHOWN, FUNCTIONS_SHOWN = 8, 12

# What pstats keeps of a function: (file, line, name) → (primitive calls, calls, own seconds, whole seconds, callers).
Functions = dict[tuple[str, int, str], tuple[int, int, float, float, Any]]


def hot_spots(calls: list[Callable[[], object]]) -> list[str]:
    """Do these calls in turn in this process, and return lines that show where the time went."""
    profile = cProfile.Profile()
    for call in islice(cycle(calls), REQUESTS):
        profile.runcall(call)
    stats = pstats.Stats(profile)
    functions: Functions = stats.stats  # type: ignore[attr-defined]  # typeshed leaves out these two
    seconds: float = stats.total_tt  # type: ignore[attr-defined]
    return [*_parts(functions, seconds), *_functions(functions, seconds)]


def _parts(functions: Functions, seconds: float) -> Iterator[str]:
    own: Counter[str] = Counter()
    for (file, _, _), (_, _, spent, _, _) in functions.items():
        own[_part(file)] += spent  # type: ignore[assignment]  # a Counter counts seconds as well
    yield from (f"{spent / seconds:6.1%}  {part}" for part, spent in own.most_common(PARTS_SHOWN))


def _part(file: str) -> str:
    """Return "django/template" or "gemeente/contact" for a file, "python" for what Python itself brings."""
    parts = Path(file).parts
    for begin in ("site-packages", "gemeente"):
        if begin in parts:
            inner = parts[parts.index(begin) + (begin == "site-packages") : -1]
            return "/".join(inner[:2]) or parts[-1]
    return "python"


def _functions(functions: Functions, seconds: float) -> Iterator[str]:
    """Yield the functions that take most time by themselves: own share, share with what they call, calls a request, place."""
    by_own_time = sorted(functions.items(), key=lambda one: one[1][2], reverse=True)
    for (file, line, name), (_, calls, own, whole, _) in by_own_time[:FUNCTIONS_SHOWN]:
        where = f"{'/'.join(Path(file).parts[-3:])}:{line} " if line else ""
        yield f"{own / seconds:6.1%} {whole / seconds:6.1%} {calls / REQUESTS:8.1f}×  {where}{name}"
