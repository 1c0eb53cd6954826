"""How large a database is, and how much is measured on it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A size. Eight questions hold 25 moments of contact. Each side is measured in `rounds` of so many `seconds`.

    A measurement has at most `requests` different requests; the worker is watched at work for at most `worker_seconds`.
    So many `browsers` are open while so many `changes` are made.
    """

    name: str
    residents: int
    questions: int
    requests: int
    rounds: int
    seconds: float
    worker_seconds: float
    browsers: int
    changes: int

    @property
    def moments(self) -> int:
        """Return how many moments of contact there are."""
        return self.questions * 25 // 8


FULL = Scale(
    name="full",
    residents=240_000,
    questions=800_000,
    requests=192,
    rounds=6,
    seconds=2.0,
    worker_seconds=20.0,
    browsers=300,
    changes=40,
)
SMALL = Scale(
    name="small",
    residents=2_400,
    questions=8_000,
    requests=16,
    rounds=2,
    seconds=0.3,
    worker_seconds=1.0,
    browsers=30,
    changes=4,
)
