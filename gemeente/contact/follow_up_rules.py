"""Decisions about asking how it went, without a database (V25, V36, V72)."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from gemeente.contact.types import Outcome, Urgency
from gemeente.kernel.calendar import add_workdays, start_of_workday
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.errors import NotFound

# Long enough to notice whether it helped: the money arrived, the stone lies straight. Short enough to remember how it went;
# and what did not help runs again within the week.
AFTER_WORKDAYS = 3
# After an outage of ours we still ask; what is older nobody remembers well, and a first day must not mail years of questions.
NOT_AFTER = timedelta(days=21)
# Somebody with many questions is asked about one of them at a time.
ASKED_ONCE_IN = timedelta(days=14)
GOOD_FOR = timedelta(days=30)
CHANGE_FOR = timedelta(days=7)
ANSWERS_AT_MOST = 10
WORDS_AT_MOST = 2_000

# Who lost somebody is not asked for a grade by a machine.
MOURNING = frozenset(
    {
        "anw-uitkering",
        "asverstrooiing",
        "bijzondere begraafplaats toestemming",
        "doodgeboren kind aangifte",
        "grafuitgifte",
        "herbegraven of alsnog cremeren",
        "overlijdensaangifte",
        "overlijdensakte",
        "overlijdensuitkering",
        "verlof tot begraven",
        "vervoersdocumenten stoffelijk overschot",
    }
)
BURIAL = "V4"

# Without 0, 1, i, l, o and u: nothing that one misreads on paper, and no words. Sixteen of these are 78 bits: not to be guessed.
_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
CODE_LENGTH = 16
_GROUP = 4


class WhyNot(StrEnum):
    """Why nobody was asked how it went."""

    DANGER = "danger"
    MOURNING = "mourning"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    RECENT = "recent"
    NO_WAY = "no_way"


@dataclass(frozen=True, kw_only=True)
class Closed:
    """What of a closed question the decision depends on."""

    urgency: Urgency
    urgency_code: str
    product: str
    outcome: str
    declined: bool
    asked_recently: bool


@dataclass(frozen=True, kw_only=True)
class HowItWent:
    """What somebody answers: a grade from 1 to 10, whether it is solved, whether they had to tell it again, and words."""

    grade: int
    solved: bool
    told_again: bool | None
    words: str


def why_not(closed: Closed) -> WhyNot | None:
    """Return why we do not ask how this went, or None when we do.

    Never after danger (a colleague calls, no machine asks for a grade), nor a death, nor what was withdrawn, nor whoever
    wants no such question, nor twice in a fortnight.
    """
    reasons = (
        (closed.urgency == Urgency.NOW or closed.urgency_code.startswith("N"), WhyNot.DANGER),
        (closed.product in MOURNING or closed.urgency_code == BURIAL, WhyNot.MOURNING),
        (closed.outcome == Outcome.WITHDRAWN, WhyNot.WITHDRAWN),
        (closed.declined, WhyNot.DECLINED),
        (closed.asked_recently, WhyNot.RECENT),
    )
    return next((reason for holds, reason in reasons if holds), None)


def due_at(closed_at: datetime) -> datetime:
    """Return when we ask: at the opening of the office, so many working days after it closed."""
    return start_of_workday(add_workdays(closed_at.astimezone(AMSTERDAM).date(), AFTER_WORKDAYS))


def closed_before(now: datetime) -> datetime:
    """Return the moment before which a question must have closed for us to ask about it now: the reverse of `due_at`."""
    day = now.astimezone(AMSTERDAM).date()
    while due_at(_begin(day)) > now:
        day -= timedelta(days=1)
    return _begin(day + timedelta(days=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def code_of(follow_up: UUID, key: bytes) -> str:
    """Return the code in the link: signed with our key, telling nothing; sixteen letters in four groups, to type from paper."""
    number = int.from_bytes(hmac.new(key, b"follow-up\0" + follow_up.bytes, hashlib.sha256).digest())
    letters = ""
    for _ in range(CODE_LENGTH):
        number, at = divmod(number, len(_LETTERS))
        letters += _LETTERS[at]
    return "-".join(letters[at : at + _GROUP] for at in range(0, CODE_LENGTH, _GROUP))


def hash_of(code: str) -> str:
    """Return what is kept of a code; dashes, spaces and capitals do not matter."""
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain[:100].encode()).hexdigest()


def may_answer(*, now: datetime, expires_at: datetime, answered_at: datetime | None, times: int) -> bool:
    """Tell whether an answer is taken: the first one until the link expires; another for a week after it, ten times at most.

    Raises NotFound for a link that expired unused: to who holds it, it is as if it never was.
    """
    if answered_at is None:
        if now > expires_at:
            raise NotFound("Deze link werkt niet meer.")
        return True
    return now <= answered_at + CHANGE_FOR and times < ANSWERS_AT_MOST
