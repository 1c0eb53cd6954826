"""What one resident heard from us lately, whoever said it (R29)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from gemeente.access.types import Actor
from gemeente.contact import rules
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.one_voice_rules import WITHIN, Clash, Words, clashes
from gemeente.kernel import clock

AT_MOST = 5


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A message that went to this resident. `text` is "" when it is another team's: that it went is enough to know."""

    moment: UUID
    question: UUID
    number: str
    title: str
    who: str
    at: datetime
    channel: str
    text: str
    clashes: tuple[Clash, ...]

    @property
    def clash(self) -> str:
        """Return the most pressing reason to look, or ""."""
        return self.clashes[0] if self.clashes else ""


def heard_lately(actor: Actor, *, question: UUID, text: str) -> list[Heard]:
    """Return what went to the asker of a question in the last 24 hours, by anybody in any question, newest first, at most 5.

    What they answered to since in this question is talk. Of somebody whom we don't know only this question counts.
    Three statements.
    """
    held = Question.objects.only("party", "product").get(id=question)
    same_asker = Q(party=held.party) if held.party else Q(question=question)
    spoke = ContactMoment.objects.filter(question=question, direction="in", internal=False, at__gt=OuterRef("at"))
    rows = (
        ContactMoment.objects.filter(same_asker, direction="out", internal=False, at__gt=clock.now() - WITHIN)
        .exclude(Q(question=question) & Exists(spoke))
        .order_by("-at", "-id")[:AT_MOST]
    )
    heard = list(rows)
    questions = Question.objects.in_bulk({one.question for one in heard})
    now = Words(question=question, product=held.product, text=text, at=clock.now())
    return [_heard(actor, one, questions[one.question], now) for one in heard]


def _heard(actor: Actor, row: ContactMoment, question: Question, now: Words) -> Heard:
    earlier = Words(question=question.id, product=question.product, text=row.text, at=row.at)
    mine = rules.may_open(actor, team=question.team, handler=question.handler)
    return Heard(
        moment=row.id,
        question=question.id,
        number=question.number if mine else "",
        title=question.title if mine else "",
        who=row.author_name,
        at=row.at,
        channel=row.channel,
        text=row.text if mine else "",
        clashes=clashes(now, earlier),
    )
