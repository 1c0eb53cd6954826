"""What a resident may see of the trail."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Look:
    """Once that somebody else saw or changed data of this party."""

    at: datetime
    actor_kind: str
    actor_name: str
    department: str
    action: str
    purpose: str
    what: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LookFigures:
    """All looks at one party in short: since a moment, and what the whole list can be narrowed by."""

    times: int
    people: int
    systems: int
    first: datetime | None
    last: datetime | None
    departments: tuple[str, ...]
