"""The words of this room that others may use."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from gemeente.channels.types import AttachmentCard
from gemeente.kernel import clock


class Urgency(StrEnum):
    """What happens if nobody acts? The definitions stand in this room's README."""

    NORMAL = "normaal"
    TODAY = "vandaag"
    NOW = "nu"

    @property
    def rank(self) -> int:
        """Return 0, 1 or 2: how much haste there is."""
        return list(Urgency).index(self)


class QuestionState(StrEnum):
    """Where a question stands. The resident reads it as a step, never as one of these words (R10)."""

    NEW = "new"
    WORKING = "working"
    WAITING = "waiting"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How a question ended (V28)."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    REFERRED = "referred"
    NOT_POSSIBLE = "not_possible"
    WITHDRAWN = "withdrawn"


class PromiseKind(StrEnum):
    """What kind of act was promised."""

    CALL_BACK = "call_back"
    ANSWER = "answer"
    SEND = "send"
    VISIT = "visit"
    DECIDE = "decide"
    ARRANGE = "arrange"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class NewPromise:
    """A promise to record: the words, the kind of act, who does it ("ik" when empty), and the last moment of keeping it."""

    words: str
    kind: PromiseKind
    due_at: datetime
    who: str = ""
    condition: str = ""


@dataclass(frozen=True, kw_only=True)
class PromiseCard:
    """A promise as resident and employee see it."""

    id: UUID
    words: str
    kind: PromiseKind
    who: str
    due_at: datetime
    kept_at: datetime | None
    broken_at: datetime | None

    @property
    def open(self) -> bool:
        """Tell whether it is still to be kept, late or not."""
        return self.kept_at is None


@dataclass(frozen=True, kw_only=True)
class FactCard:
    """What a resident told once, as screens show it. With `everywhere` it counts in all their questions.

    `by_resident`: they put it right themselves; it is `new` until we next speak in this conversation.
    """

    id: UUID
    label: str
    words: str
    everywhere: bool
    by_resident: bool
    told_at: datetime
    at: datetime
    noted_by: str
    new: bool


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step on the way of a question, in words for the resident."""

    label: str
    when: str
    state: str


@dataclass(frozen=True, kw_only=True)
class QuestionTile:
    """A question in small: on the home page, in a list, beside a conversation."""

    id: UUID
    number: str
    title: str
    state: QuestionState
    urgency: Urgency
    urgency_code: str
    team: str
    asked_at: datetime
    answer_due: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    needs: str
    steps: tuple[Step, ...]

    @property
    def late(self) -> bool:
        """Tell whether we broke the promise of the answer date; while we wait for the resident it is not ours to keep."""
        waits_on_us = self.closed_at is None and self.answered_at is None and self.state != QuestionState.WAITING
        return waits_on_us and self.answer_due < clock.now()

    @property
    def now(self) -> Step:
        """Return the step at which it stands."""
        return next((step for step in self.steps if step.state == "now"), self.steps[-1])

    @property
    def number_of_now(self) -> int:
        """Return which step that is, from 1."""
        return self.steps.index(self.now) + 1


@dataclass(frozen=True, kw_only=True)
class MessageLine:
    """A message in the inbox: sent or received, in its thread."""

    question: str
    title: str
    who: str
    outgoing: bool
    channel: str
    at: datetime
    new: bool
    begin: str


@dataclass(frozen=True, kw_only=True)
class TimelineItem:
    """One thing that happened, whatever the channel: a moment of contact, or a step of ours."""

    at: datetime
    kind: str
    who: str
    mine: bool
    channel: str
    text: str
    subject: str = ""
    quoted: str = ""
    internal: bool = False
    new: bool = False
    sender_unknown: bool = False
    id: UUID | None = None
    files: tuple[AttachmentCard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class QuestionPage:
    """All that a resident sees of one question (V56: the same facts as the employee sees).

    `thread` is where its messages stand: itself, or the question of another that it went into.
    """

    tile: QuestionTile
    thread: UUID
    wish: str
    product: str
    reply_channel: str
    outcome: str
    outcome_text: str
    timeline: tuple[TimelineItem, ...]
    more_before: datetime | None
    person: UUID | None
    teams_along: tuple[str, ...] = ()
    partners_along: tuple[str, ...] = ()
    facts: tuple[FactCard, ...] = ()
    how_it_went: str = ""

    @property
    def documents(self) -> list[tuple[TimelineItem, AttachmentCard]]:
        """Return the files on this page, each with what it came with: who sent which (R15)."""
        return [(item, file) for item in self.timeline for file in item.files]


@dataclass(frozen=True, kw_only=True)
class QueueItem:
    """A question in the queue of an employee."""

    id: UUID
    number: str
    title: str
    who: str
    channel: str
    state: QuestionState
    urgency: Urgency
    urgency_reason: str
    team: str
    handler: UUID | None
    due: datetime
    waits_on_us: bool
    answered: bool
