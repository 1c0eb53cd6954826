"""How large a database is, and how long is measured on it."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A size. Each question holds 2 to 5 moments of contact, 25 in every 8 questions."""

    name: str
    residents: int
    questions: int
    rounds: int
    seconds: float


FULL = Scale(name="full", residents=240_000, questions=800_000, rounds=6, seconds=2.0)
SMALL = Scale(name="small", residents=2_400, questions=8_000, rounds=2, seconds=0.4)
