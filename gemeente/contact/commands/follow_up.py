"""Ask a while after closing how it went, and hear the answer (V25, V36, V72)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_noop

from gemeente.access.types import Actor, ActorKind, Purpose, Right, system
from gemeente.channels.commands import receive_message
from gemeente.channels.types import Channel, NewMessage, Sender
from gemeente.contact import follow_up_rules as rules
from gemeente.contact import history_words
from gemeente.contact.commands.records import lock_surviving, write_history, write_moment
from gemeente.contact.commands.return_question import return_question
from gemeente.contact.commands.take_in import take_in_message
from gemeente.contact.events import FollowUpAnswered, FollowUpSent
from gemeente.contact.follow_up_rules import Closed, HowItWent, WhyNot
from gemeente.contact.letters import ask_how_it_went
from gemeente.contact.models import FollowUp, Question
from gemeente.contact.queries.follow_ups import follow_up_key, follow_up_of
from gemeente.contact.types import QuestionState, Urgency
from gemeente.contact.understanding import understand
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import Conflict
from gemeente.kernel.events import publish
from gemeente.kernel.ids import new_id
from gemeente.residents.queries import party_card

ASKED_AT_MOST = 200
ASKING = gettext_noop(
    "Hoe ging het met uw vraag? Geef ons een cijfer, en zeg of het is opgelost. Dat kan op de bladzijde van uw vraag."
)


@command(right=Right.DELIVER, purpose=Purpose.CHECK_QUALITY)
def ask_how_questions_went(*, actor: Actor) -> int:
    """Ask about each question that closed three working days ago how it went, once; return how many were asked.

    At most 200 a run. Whom we do not ask is noted with why (see `follow_up_rules.why_not`), and so not looked at again.
    """
    now = clock.now()
    known = FollowUp.objects.filter(question=OuterRef("id"), closed_at=OuterRef("closed_at"))
    # What ended without an outcome, such as what was merged, was not answered: there is nothing to ask about.
    ended = Question.objects.select_for_update(skip_locked=True).exclude(outcome="").filter(merged_into=None)
    closed = ended.filter(~Exists(known), closed_at__gte=now - rules.NOT_AFTER, closed_at__lt=rules.closed_before(now))
    return sum(_ask(actor, held) for held in closed.order_by("closed_at", "id")[:ASKED_AT_MOST])


def _ask(actor: Actor, held: Question) -> bool:
    key = new_id()
    code = rules.code_of(key, follow_up_key())
    reason = rules.why_not(_facts(held))
    via = None if reason else _send(held, key, code)
    if reason is None and via is None:
        reason = WhyNot.NO_WAY
    _note(held, key, code, why_not=reason or "", via=via or "")
    if reason is None:
        write_history(held.id, "follow_up", actor)
        publish(FollowUpSent(question=held.id, follow_up=key))
    return reason is None


def _facts(held: Question) -> Closed:
    card = party_card(held.party) if held.party else None
    asked = FollowUp.objects.filter(
        party=held.party, why_not="", decided_at__gt=clock.now() - rules.ASKED_ONCE_IN
    ).exists()
    return Closed(
        urgency=Urgency(held.urgency),
        urgency_code=held.urgency_code,
        product=held.product,
        outcome=held.outcome,
        declined=card is not None and not card.asked_afterwards,
        asked_recently=held.party is not None and asked,
    )


def _send(held: Question, key: UUID, code: str) -> str | None:
    """Ask by mail or letter; who reads in MijnGroningen, or has no other way, finds it there. None when nothing reaches them."""
    via = ask_how_it_went(held, follow_up=key, code=code)
    if via is None and held.party:
        # The code is not in its words: colleagues read the thread too, and must not grade themselves.
        write_moment(held, system(settings.MUNICIPALITY), direction="out", channel=Channel.WEB, text=ASKING)
        held.save(update_fields=["last_moment_at"])
        return Channel.WEB
    return via


def _note(held: Question, key: UUID, code: str, *, why_not: str, via: str) -> None:
    now = clock.now()
    assert held.closed_at is not None
    FollowUp.objects.create(
        id=key,
        question=held.id,
        party=held.party,
        team=held.team,
        channel=held.channel,
        closed_at=held.closed_at,
        decided_at=now,
        why_not=why_not,
        sent_via=via,
        code_hash=rules.hash_of(code),
        expires_at=now + rules.GOOD_FOR,
    )


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def answer_follow_up(*, actor: Actor, code: str, given: HowItWent) -> None:
    """Hear how it went, from whoever has the code; for a week they may answer anew, and what they leave out stays.

    "Niet opgelost" lets the question run again, in somebody's hands. Danger in the words does so too, whatever else they say.
    Raises NotFound for a code that never was or expired, Conflict when nothing more may be changed.
    """
    found = follow_up_of(code)
    held = lock_surviving(found.question)
    found.refresh_from_db()
    now = clock.now()
    if not rules.may_answer(
        now=now, expires_at=found.expires_at, answered_at=found.answered_at, times=found.times_answered
    ):
        raise Conflict("U heeft al geantwoord. Dank u wel.")
    about(subject=held.party, object_id=held.id)
    words = given.words.strip()[: rules.WORDS_AT_MOST]
    _keep(found, given, words, now)
    comes_back = not given.solved or understand(words).urgency.urgency == Urgency.NOW
    # Words of what comes back stand in the thread as a message, with all that goes with one.
    told = f"{history_words.GRADED % {'grade': given.grade}} {'' if comes_back else words}".strip()
    write_history(held.id, "follow_up_answered", _asker(held), words=told, grade=given.grade, solved=given.solved)
    if comes_back:
        _take_back(held, words, key=f"follow-up:{found.id}:{found.times_answered}")
    publish(FollowUpAnswered(question=held.id, follow_up=found.id, solved=given.solved))


def _asker(held: Question) -> Actor:
    kind = ActorKind.RESIDENT if held.party else ActorKind.ANONYMOUS
    return Actor(kind=kind, id=held.party, name=held.asker_name)


def _keep(found: FollowUp, given: HowItWent, words: str, now: datetime) -> None:
    found.grade, found.solved = given.grade, given.solved
    found.told_again = found.told_again if given.told_again is None else given.told_again
    found.words = words or found.words
    found.answered_at = found.answered_at or now
    found.times_answered += 1
    found.save()


def _take_back(held: Question, words: str, *, key: str) -> None:
    """Let a closed question run again; to one that runs already their words come as any message does."""
    asker = _asker(held)
    if held.state == QuestionState.CLOSED:
        return_question(held, asker, words=words)
    elif words:
        sender = Sender(party=held.party, name=held.asker_name)
        said = NewMessage(channel=Channel.WEB, channel_id=key, text=words, sender=sender, question=held.id)
        _, message = receive_message(actor=asker, message=said)
        take_in_message(actor=asker, message=message)
