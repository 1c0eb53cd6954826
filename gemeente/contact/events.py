"""What happened to a question. Ids and facts; never a BSN, never what somebody wrote."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gemeente.kernel.events import event


@event("contact.question-asked.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionAsked:
    """A new question has an owner, an urgency and an answer date."""

    question: UUID
    party: UUID | None
    channel: str
    product: str
    team: str
    urgency: str
    answer_due: datetime


@event("contact.message-added.v1")
@dataclass(frozen=True, kw_only=True)
class MessageAdded:
    """The resident wrote or spoke again in a thread."""

    question: UUID
    moment: UUID
    channel: str


@event("contact.question-answered.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionAnswered:
    """The resident has an answer on its way."""

    question: UUID
    moment: UUID
    channel: str


@event("contact.urgency-changed.v1")
@dataclass(frozen=True, kw_only=True)
class UrgencyChanged:
    """Somebody raised or lowered the urgency."""

    question: UUID
    urgency: str
    before: str


@event("contact.question-closed.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionClosed:
    """A question ended with an outcome that the resident was told."""

    question: UUID
    outcome: str


@event("contact.question-reopened.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionReopened:
    """The resident said that it was not solved."""

    question: UUID
    answer_due: datetime


@event("contact.questions-merged.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionsMerged:
    """One question went into another with all that was in it."""

    question: UUID
    merged: UUID


@event("contact.merge-undone.v1")
@dataclass(frozen=True, kw_only=True)
class MergeUndone:
    """A question that went into another stands by itself again."""

    question: UUID
    merged: UUID


@event("contact.question-split.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionSplit:
    """Some messages of a question became one of their own, with an owner, an urgency and an answer date."""

    question: UUID
    split_from: UUID
    team: str
    urgency: str
    answer_due: datetime


@event("contact.answer-date-passed.v1")
@dataclass(frozen=True, kw_only=True)
class AnswerDatePassed:
    """We did not answer in time: a broken promise, once per answer date (V8)."""

    question: UUID
    team: str
    answer_due: datetime


@event("contact.question-handed-over.v1")
@dataclass(frozen=True, kw_only=True)
class QuestionHandedOver:
    """A question went to another team; answer date and urgency stayed."""

    question: UUID
    to_team: str
    nth: int


@event("contact.hand-over-accepted.v1")
@dataclass(frozen=True, kw_only=True)
class HandOverAccepted:
    """The receiving team took the question up."""

    question: UUID
    team: str


@event("contact.hand-over-given-back.v1")
@dataclass(frozen=True, kw_only=True)
class HandOverGivenBack:
    """The receiving team gave the question back, with a reason."""

    question: UUID
    team: str


@event("contact.hand-over-not-accepted.v1")
@dataclass(frozen=True, kw_only=True)
class HandOverNotAccepted:
    """Nobody accepted in time: both team leads see it."""

    question: UUID
    from_team: str
    to_team: str


@event("contact.contact-person-appointed.v1")
@dataclass(frozen=True, kw_only=True)
class ContactPersonAppointed:
    """The resident has one name to call."""

    question: UUID
    employee: UUID


@event("contact.promise-made.v1")
@dataclass(frozen=True, kw_only=True)
class PromiseMade:
    """We will do something for this resident before a moment."""

    promise: UUID
    question: UUID
    kind: str
    due_at: datetime


@event("contact.promise-kept.v1")
@dataclass(frozen=True, kw_only=True)
class PromiseKept:
    """We did what we promised; `late` when it was broken before."""

    promise: UUID
    question: UUID
    late: bool


@event("contact.promise-broken.v1")
@dataclass(frozen=True, kw_only=True)
class PromiseBroken:
    """The moment passed and it was not kept; the resident is told, with an apology."""

    promise: UUID
    question: UUID
    team: str


@event("contact.texts-changed.v1")
@dataclass(frozen=True, kw_only=True)
class TextsChanged:
    """What was said in a question is not what it was: something was said, or its moments moved. Search reads it anew."""

    question: UUID


@event("contact.task-asked.v1")
@dataclass(frozen=True, kw_only=True)
class TaskAsked:
    """A team (by key) or a partner (by name) was asked to do something within a question."""

    task: UUID
    question: UUID
    team: str
    partner: str
    due_at: datetime


@event("contact.task-ended.v1")
@dataclass(frozen=True, kw_only=True)
class TaskEnded:
    """A task was done, given back or withdrawn: `state` says which."""

    task: UUID
    question: UUID
    state: str


@event("contact.tasks-all-done.v1")
@dataclass(frozen=True, kw_only=True)
class TasksAllDone:
    """The last open task of a question was done or came back: its owner is to move."""

    question: UUID
    team: str
    handler: UUID | None


@event("contact.task-late.v1")
@dataclass(frozen=True, kw_only=True)
class TaskLate:
    """A task passed its day, once: its asker and both team leads see it. `owner` is the team that has the question."""

    task: UUID
    question: UUID
    owner: str
    team: str
    partner: str


@event("contact.fact-noted.v1")
@dataclass(frozen=True, kw_only=True)
class FactNoted:
    """What the resident told stands beside the thread."""

    question: UUID
    fact: UUID


@event("contact.fact-corrected.v1")
@dataclass(frozen=True, kw_only=True)
class FactCorrected:
    """The resident put right, or took away, what we knew of them."""

    question: UUID
    fact: UUID


@event("contact.told-again.v1")
@dataclass(frozen=True, kw_only=True)
class ToldAgain:
    """The resident had to tell us again what they told before (V66)."""

    question: UUID


@event("contact.follow-up-sent.v1")
@dataclass(frozen=True, kw_only=True)
class FollowUpSent:
    """Somebody is asked how it went (V72)."""

    question: UUID
    follow_up: UUID


@event("contact.follow-up-answered.v1")
@dataclass(frozen=True, kw_only=True)
class FollowUpAnswered:
    """Somebody said how it went; not solved lets the question run again."""

    question: UUID
    follow_up: UUID
    solved: bool
