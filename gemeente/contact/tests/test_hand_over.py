"""Nothing gets lost when a question moves: its date, its urgency, its story and its owner stay (V30, V42, V51, V67, V76)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gemeente.access.commands import plan_leave
from gemeente.access.models import Team
from gemeente.access.queries import contact_card, teams
from gemeente.access.types import Actor, Role, system
from gemeente.channels.commands import receive_message
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel, NewMessage, Sender
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import HandOver, HistoryEntry, Question
from gemeente.contact.queries.hand_overs import hand_overs_of
from gemeente.contact.queries.portal import question_page
from gemeente.contact.types import Outcome, Urgency
from gemeente.kernel import clock
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def jan() -> Actor:
    return employee_with(Role.KCC, teams=("kcc",), username="jan")


@pytest.fixture
def noor() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")


@pytest.fixture
def bram() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("belastingen",), username="bram")


@pytest.fixture
def question(hiltje: Actor) -> UUID:
    sender = Sender(party=hiltje.id, name=hiltje.name)
    asked = NewMessage(
        channel=Channel.WEB, channel_id=str(uuid4()), text="Ik kan de rekening niet betalen", sender=sender, team="kcc"
    )
    _, message = receive_message(actor=hiltje, message=asked)
    taken = commands.take_in_message(actor=system("Test"), message=message)
    assert taken.question is not None
    return taken.question


def row(question: UUID) -> Question:
    return Question.objects.get(id=question)


def hand_over(actor: Actor, question: UUID, to: str, **more: object) -> None:
    given = {"reason": "Dit gaat over schulden", "seen_version": row(question).version} | more
    commands.hand_over_question(actor=actor, question=question, to=to, **given)  # type: ignore[arg-type]  # as each test gives


class TestHandOver:
    def test_it_works(self, question: UUID, jan: Actor, noor: Actor) -> None:
        before = row(question)
        hand_over(jan, question, "schuldhulp")
        after = row(question)
        assert (after.team, after.handler, after.hand_overs) == ("schuldhulp", None, 1)
        commands.accept_hand_over(actor=noor, question=question)
        assert row(question).handler == noor.id
        assert before.number == after.number

    def test_V67_the_clock_never_restarts_and_urgency_is_kept(
        self, question: UUID, jan: Actor, noor: Actor, bram: Actor
    ) -> None:
        commands.change_urgency(actor=jan, question=question, to=Urgency.TODAY, reason="Deurwaarder komt")
        before = row(question)
        hand_over(jan, question, "belastingen")
        with clock.told_at(TUESDAY + timedelta(days=1)):
            commands.accept_hand_over(actor=bram, question=question)
            hand_over(bram, question, "schuldhulp")
            commands.accept_hand_over(actor=noor, question=question)
            hand_over(noor, question, "kcc")
        after = row(question)
        assert (after.answer_due, after.urgency, after.asked_at) == (before.answer_due, before.urgency, before.asked_at)
        assert after.hand_overs == 3

    def test_V66_the_receiver_sees_the_reason_and_all_that_was_said(
        self, question: UUID, jan: Actor, noor: Actor
    ) -> None:
        hand_over(jan, question, "schuldhulp", reason="Zij heeft vier rekeningen open")
        (card,) = hand_overs_of(noor, question)
        assert (card.reason, card.open, card.mine_to_accept) == ("Zij heeft vier rekeningen open", True, True)

    def test_the_resident_does_not_see_moves_inside_the_house(
        self, question: UUID, jan: Actor, noor: Actor, hiltje: Actor
    ) -> None:
        hand_over(jan, question, "schuldhulp")
        page = question_page(hiltje.key, row(question).number)
        assert {"handed_over", "accepted"}.isdisjoint(item.kind for item in page.timeline)

    def test_words_for_the_resident_reach_them(self, question: UUID, jan: Actor, noor: Actor) -> None:
        sent = OutgoingMessage.objects.count()
        hand_over(jan, question, "schuldhulp", words="Noor helpt u verder.")
        assert OutgoingMessage.objects.count() == sent + 1


class TestRefused:
    def test_without_a_reason(self, question: UUID, jan: Actor) -> None:
        with pytest.raises(DomainError, match="waarom"):
            hand_over(jan, question, "schuldhulp", reason="  ")

    def test_to_the_same_team(self, question: UUID, jan: Actor) -> None:
        with pytest.raises(DomainError, match="al bij dit team"):
            hand_over(jan, question, "kcc")

    def test_to_oneself(self, question: UUID, jan: Actor) -> None:
        with pytest.raises(DomainError, match="uzelf"):
            hand_over(jan, question, "kcc", to_employee=jan.id)

    def test_to_a_team_that_ended(self, question: UUID, jan: Actor) -> None:
        Team.objects.filter(key="sport").update(active=False)
        teams.cache_clear()
        try:
            with pytest.raises(DomainError, match="bestaat niet meer"):
                hand_over(jan, question, "sport")
        finally:
            Team.objects.filter(key="sport").update(active=True)
            teams.cache_clear()

    def test_twice_at_once(self, question: UUID, jan: Actor) -> None:
        hand_over(jan, question, "schuldhulp")
        with pytest.raises(Conflict, match="net doorgegeven"):
            hand_over(jan, question, "belastingen")
        assert HandOver.objects.filter(question=question).count() == 1

    def test_while_a_colleague_changed_it(self, question: UUID, jan: Actor) -> None:
        seen = row(question).version
        commands.add_note(actor=jan, question=question, text="Even gebeld")
        with pytest.raises(Conflict):
            hand_over(jan, question, "schuldhulp", seen_version=seen)

    def test_after_closing(self, question: UUID, jan: Actor) -> None:
        commands.close_question(
            actor=jan,
            question=question,
            outcome=Outcome.SOLVED,
            words="De rekening is betaald.",
            via=Channel.WEB,
            seen_version=row(question).version,
        )
        with pytest.raises(Conflict, match="afgerond"):
            hand_over(jan, question, "schuldhulp")

    def test_somebody_elses_may_not_be_accepted(self, question: UUID, jan: Actor, bram: Actor) -> None:
        hand_over(jan, question, "schuldhulp")
        with pytest.raises(NotAllowed):
            commands.accept_hand_over(actor=bram, question=question)

    def test_it_is_accepted_once(self, question: UUID, jan: Actor, noor: Actor) -> None:
        hand_over(jan, question, "schuldhulp")
        commands.accept_hand_over(actor=noor, question=question)
        with pytest.raises(Conflict):
            commands.accept_hand_over(actor=noor, question=question)


class TestGiveBack:
    def test_it_returns_to_who_gave_it_with_the_reason(self, question: UUID, jan: Actor, noor: Actor) -> None:
        due = row(question).answer_due
        hand_over(jan, question, "schuldhulp")
        commands.give_back_question(actor=noor, question=question, reason="Er zijn geen schulden")
        after = row(question)
        assert (after.team, after.handler, after.answer_due) == ("kcc", jan.id, due)
        (card,) = hand_overs_of(jan, question)
        assert card.give_back_reason == "Er zijn geen schulden"

    def test_not_without_a_reason(self, question: UUID, jan: Actor, noor: Actor) -> None:
        hand_over(jan, question, "schuldhulp")
        with pytest.raises(DomainError, match="waarom"):
            commands.give_back_question(actor=noor, question=question, reason="")


class TestContactPerson:
    def test_V51_two_departments_give_the_resident_one_name(
        self, question: UUID, jan: Actor, noor: Actor, hiltje: Actor
    ) -> None:
        hand_over(jan, question, "schuldhulp")
        assert row(question).contact_person == noor.id
        page = question_page(hiltje.key, row(question).number)
        assert page.person == noor.id
        assert "contact_person" in [item.kind for item in page.timeline]

    def test_V76_from_the_second_hand_over_there_is_a_name_also_within_a_department(
        self, question: UUID, noor: Actor
    ) -> None:
        Question.objects.filter(id=question).update(team="schuldhulp")
        minima = employee_with(Role.SPECIALIST, teams=("minima",), username="mira")
        hand_over(noor, question, "minima")
        assert row(question).contact_person is None
        commands.accept_hand_over(actor=minima, question=question)
        hand_over(minima, question, "uitkeringen")
        assert row(question).contact_person is not None

    def test_one_may_stay_the_contact_person_oneself(self, question: UUID, jan: Actor) -> None:
        hand_over(jan, question, "schuldhulp", contact_person=jan.id)
        assert row(question).contact_person == jan.id

    def test_V42_somebody_covers_during_leave(self, jan: Actor, noor: Actor) -> None:
        lead = employee_with(Role.TEAM_LEAD, teams=("schuldhulp",), username="lead")
        plan_leave(actor=lead, employee=noor.key, begins=date(2026, 11, 24), ends=date(2026, 11, 27), cover=jan.key)
        card = contact_card(noor.key)
        assert card is not None
        assert (card.away_until, card.cover_name) == (date(2026, 11, 27), jan.name)
        with clock.told_at(TUESDAY + timedelta(days=4)):
            back = contact_card(noor.key)
        assert back is not None
        assert back.cover_name is None


class TestEscalation:
    def test_not_accepted_in_time_is_shown_once_to_both_teams(self, question: UUID, jan: Actor) -> None:
        hand_over(jan, question, "schuldhulp")
        assert commands.escalate_hand_overs(actor=system("Wacht")) == 0
        with clock.told_at(TUESDAY + timedelta(hours=5)):
            assert commands.escalate_hand_overs(actor=system("Wacht")) == 1
            assert commands.escalate_hand_overs(actor=system("Wacht")) == 0
        assert HistoryEntry.objects.filter(question=question, kind="not_accepted").count() == 1

    def test_the_time_to_accept_counts_office_hours(self, question: UUID, jan: Actor) -> None:
        with clock.told_at(datetime(2026, 11, 27, 15, tzinfo=UTC)):  # Friday, 16.00 in Groningen
            hand_over(jan, question, "schuldhulp")
        waiting = HandOver.objects.get(question=question)
        assert waiting.accept_by == datetime(2026, 11, 30, 11, tzinfo=UTC)  # Monday, 12.00
