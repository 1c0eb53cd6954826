"""What came out, and where it falls short."""

from dataclasses import dataclass

from gemeente.bench.request import Targets

MEGABYTES_AT_MOST = 200
LOAD_SHARE_AT_MOST = 0.8
LIVE_P99_AT_MOST = 100.0


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One measurement: the product's rate and times, the statements of one request, and the raw application beside it."""

    name: str
    per_second: float
    p50_ms: float
    p99_ms: float
    sql_statements: int
    raw_per_second: float
    ratio_to_raw: float
    rss_mb: float


@dataclass(frozen=True, kw_only=True)
class LiveFigures:
    """Milliseconds from sending a change until it is on a screen, over all `browsers` and `changes`."""

    name: str
    browsers: int
    changes: int
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Shortfall:
    """Where a measurement falls short of its targets, in words, and the profile that shows why."""

    name: str
    words: list[str]
    hot_spots: list[str]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All figures of a run. `load_share` is the largest part of a core that the load itself took.

    `memory_use` says what each part of the product adds to a process that uses it.
    """

    figures: list[Figures]
    shortfalls: list[Shortfall]
    worker_mb: float
    worker_messages: int
    load_share: float
    memory_use: list[str]
    live: LiveFigures

    @property
    def too_large(self) -> bool:
        """Tell whether the web server or the worker takes more memory than it may."""
        return max(self.worker_mb, *(one.rss_mb for one in self.figures)) > MEGABYTES_AT_MOST


def shortfalls(one: Figures, targets: Targets, picture_p50: float) -> list[str]:
    """Return in words what a measurement does not reach; nothing when it reaches all."""
    checks = [
        (targets.ratio_to_raw is None or one.ratio_to_raw >= targets.ratio_to_raw,
         f"haalt {one.ratio_to_raw:.2f} van kaal; het doel is {targets.ratio_to_raw}"),
        (targets.sql_statements is None or one.sql_statements <= targets.sql_statements,
         f"doet {one.sql_statements} opdrachten aan de database; het doel is {targets.sql_statements}"),
        (targets.p50_of_picture is None or one.p50_ms < targets.p50_of_picture * picture_p50,
         f"duurt {one.p50_ms / picture_p50:.1f} keer zo lang als het beeld; het doel is {targets.p50_of_picture}"),
        (targets.p50_ms is None or one.p50_ms <= targets.p50_ms,
         f"duurt meestal {one.p50_ms:.0f} ms; het doel is {targets.p50_ms}"),
        (targets.p99_ms is None or one.p99_ms <= targets.p99_ms,
         f"duurt bij 1 op de 100 langer dan {one.p99_ms:.0f} ms; het doel is {targets.p99_ms}"),
    ]  # fmt: skip
    return [words for reached, words in checks if not reached]
