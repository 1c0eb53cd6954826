"""A while after closing we ask how it went; "niet opgelost" lets it run again, in somebody's hands (V28, V36, V72)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.commands import plan_leave
from gemeente.access.models import Employee
from gemeente.access.queries import ContactCard
from gemeente.access.types import ANONYMOUS, Actor, Role, system
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel, OutgoingKind
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.commands.return_question import next_person
from gemeente.contact.follow_up_rules import (
    CHANGE_FOR,
    GOOD_FOR,
    MOURNING,
    Closed,
    HowItWent,
    WhyNot,
    closed_before,
    code_of,
    due_at,
    hash_of,
    may_answer,
    why_not,
)
from gemeente.contact.models import ContactMoment, FollowUp, Question
from gemeente.contact.queries.portal import question_page, unread_count
from gemeente.contact.tests.talk import ask, close, history_of, say, sent_about
from gemeente.contact.types import Outcome, QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.calendar import is_workday
from gemeente.kernel.errors import Conflict, NotFound
from gemeente.kernel.models import Event
from gemeente.products.queries import catalogue
from gemeente.residents.commands import choose_preferences
from gemeente.residents.models import Party
from gemeente.residents.types import ReachBy

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
FRIDAY = TUESDAY + timedelta(days=3)
WATCH = system("Vraagt hoe het ging")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))


class TestRules:
    @given(MOMENTS, MOMENTS)
    def test_a_question_is_asked_about_exactly_when_it_is_due(self, closed_at: datetime, now: datetime) -> None:
        assert (closed_at < closed_before(now)) == (due_at(closed_at) <= now)

    @given(MOMENTS)
    def test_it_is_asked_at_the_opening_of_a_working_day_and_never_on_the_same_day(self, closed_at: datetime) -> None:
        due = due_at(closed_at).astimezone(clock.AMSTERDAM)
        assert is_workday(due.date())
        assert due - closed_at > timedelta(days=2)
        assert due.hour == 9

    @given(
        st.sampled_from(Urgency),
        st.sampled_from(["", "N1", "N5", "V4", "V6"]),
        st.sampled_from(["paspoort", *sorted(MOURNING)]),
        st.sampled_from(Outcome),
        st.booleans(),
        st.booleans(),
    )
    def test_nobody_is_asked_for_whom_it_would_hurt_or_who_does_not_want_it(
        self, urgency: Urgency, code: str, product: str, outcome: Outcome, declined: bool, recent: bool
    ) -> None:
        closed = Closed(
            urgency=urgency,
            urgency_code=code,
            product=product,
            outcome=outcome,
            declined=declined,
            asked_recently=recent,
        )
        hurts = urgency == Urgency.NOW or code in ("N1", "N5", "V4") or product in MOURNING
        assert (why_not(closed) is None) == (not (hurts or declined or recent or outcome == Outcome.WITHDRAWN))

    @pytest.mark.django_db
    def test_every_product_of_mourning_is_in_the_catalogue(self) -> None:
        assert catalogue().keys() >= MOURNING

    @given(st.uuids(), st.uuids())
    def test_a_code_is_typed_in_any_way_and_belongs_to_one(self, one: UUID, other: UUID) -> None:
        code = code_of(one, b"key")
        assert re.fullmatch(r"([2-9a-hjkmnp-tv-z]{4}-){3}[2-9a-hjkmnp-tv-z]{4}", code)
        assert hash_of(code) == hash_of(code.upper().replace("-", " ")) == hash_of(code.replace("-", ""))
        assert (code == code_of(other, b"key")) == (one == other)
        assert code != code_of(one, b"another key")

    @given(MOMENTS, st.timedeltas(timedelta(), timedelta(days=60)), st.none() | MOMENTS, st.integers(0, 20))
    def test_an_answer_is_taken_until_it_expires_and_changed_for_a_week(
        self, sent_at: datetime, later: timedelta, answered_at: datetime | None, times: int
    ) -> None:
        now, expires_at = sent_at + later, sent_at + GOOD_FOR
        if answered_at is None and later > GOOD_FOR:
            with pytest.raises(NotFound):
                may_answer(now=now, expires_at=expires_at, answered_at=None, times=times)
            return
        may = may_answer(now=now, expires_at=expires_at, answered_at=answered_at, times=times)
        assert may == (answered_at is None or (now - answered_at <= CHANGE_FOR and times < 10))

    @given(st.lists(st.sampled_from(["here", "away", "left"]), max_size=6))
    def test_what_was_not_solved_goes_to_the_first_who_is_here(self, people: list[str]) -> None:
        cards = [None if one == "left" else card(away=one == "away") for one in people]
        person = next_person(cards)
        assert person == (cards[people.index("here")] if "here" in people else None)


def card(*, away: bool) -> ContactCard:
    return ContactCard(
        id=uuid4(),
        name="Noor Visser",
        phone="14 050",
        works_days="",
        what_for="",
        away_until=date(2026, 12, 1) if away else None,
        cover_name=None,
        cover_phone=None,
        cover=None,
    )


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje(db: None) -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def noor(db: None) -> Actor:
    return employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")


@pytest.fixture
def sanne(db: None) -> Actor:
    return employee_with(Role.TEAM_LEAD, teams=("schuldhulp",), username="sanne")


def closed_question(noor: Actor, **asked: Any) -> Question:
    held = ask("Ik kan de rekening niet betalen.", **{"team": "schuldhulp"} | asked)
    commands.take_up_question(actor=noor, question=held.id)
    close(noor, held.id, via=Channel.PHONE)
    return Question.objects.get(id=held.id)


def ask_on(day: datetime = FRIDAY) -> int:
    with clock.told_at(day):
        return commands.ask_how_questions_went(actor=WATCH)


def code() -> str:
    mail = OutgoingMessage.objects.filter(kind=OutgoingKind.FOLLOW_UP).latest("queued_at")
    found = re.search(r"(?:[2-9a-z]{4}-){3}[2-9a-z]{4}", mail.text)
    assert found
    return found[0]


def tell(
    solved: bool = True, words: str = "", *, grade: int = 8, at: datetime = FRIDAY, again: bool | None = None
) -> None:
    with clock.told_at(at):
        commands.answer_follow_up(
            actor=ANONYMOUS,
            code=code(),
            given=HowItWent(grade=grade, solved=solved, told_again=again, words=words),
        )


class TestAsk:
    def test_it_works(self, noor: Actor, hiltje: Actor) -> None:
        held = closed_question(noor, by=hiltje)
        assert ask_on(FRIDAY - timedelta(hours=2)) == 0
        assert ask_on() == 1
        mail = OutgoingMessage.objects.get(kind=OutgoingKind.FOLLOW_UP)
        assert (mail.channel, mail.to_address, mail.question) == ("email", "hiltje@voorbeeld.nl", held.id)
        assert history_of(held.id)[-1] == "follow_up"

    def test_the_link_tells_nothing(self, noor: Actor, hiltje: Actor) -> None:
        held = closed_question(noor, by=hiltje)
        ask_on()
        (link,) = re.findall(r"http\S+/hoe-ging-het/\S+", OutgoingMessage.objects.get(kind="follow_up").text)
        for told in (held.number, held.id.hex, str(held.id), held.product, "Vries", "Hiltje"):
            assert told.lower() not in link.lower()
        asked = FollowUp.objects.get()
        assert link.split("/")[-2] not in {str(value) for value in vars(asked).values()}

    def test_once_for_each_time_that_it_closed(self, noor: Actor, hiltje: Actor) -> None:
        held = closed_question(noor, by=hiltje)
        assert [ask_on(), ask_on(), ask_on(FRIDAY + timedelta(days=3))] == [1, 0, 0]
        later = FRIDAY + timedelta(days=20)
        with clock.told_at(later):
            commands.reopen_question(actor=hiltje, question=held.id, words="")
            close(noor, held.id)
        assert ask_on(later + timedelta(days=10)) == 1

    def test_what_runs_again_before_that_is_not_asked_about(self, noor: Actor, hiltje: Actor) -> None:
        held = closed_question(noor, by=hiltje)
        commands.reopen_question(actor=hiltje, question=held.id, words="")
        assert ask_on() == 0

    def test_what_closed_long_ago_is_left_alone(self, noor: Actor, hiltje: Actor) -> None:
        closed_question(noor, by=hiltje)
        assert ask_on(TUESDAY + timedelta(days=40)) == 0

    def test_who_wants_no_such_question_gets_none(self, noor: Actor, hiltje: Actor) -> None:
        choose_preferences(actor=hiltje, answers=ReachBy.WEB, notices=ReachBy.EMAIL, asked_afterwards=False)
        closed_question(noor, by=hiltje)
        assert ask_on() == 0
        assert FollowUp.objects.get().why_not == WhyNot.DECLINED

    def test_somebody_with_many_questions_is_asked_about_one(self, noor: Actor, hiltje: Actor) -> None:
        for _ in range(3):
            closed_question(noor, by=hiltje)
        assert ask_on() == 1
        assert sorted(FollowUp.objects.values_list("why_not", flat=True)) == ["", "recent", "recent"]

    def test_nobody_in_danger_is_asked_for_a_grade(self, noor: Actor, hiltje: Actor) -> None:
        held = closed_question(noor, by=hiltje, urgency="nu", urgency_reason="Dreigt op straat te komen")
        assert held.urgency == Urgency.NOW
        assert ask_on() == 0
        assert FollowUp.objects.get().why_not == WhyNot.DANGER

    def test_who_chose_post_gets_a_letter_with_a_code_to_type(self, noor: Actor, hiltje: Actor) -> None:
        Party.objects.filter(id=hiltje.key).update(
            street="Korreweg", house_number="1", postcode="9715AB", place="Groningen", notice_channel="letter"
        )
        closed_question(noor, by=hiltje)
        assert ask_on() == 1
        letter = OutgoingMessage.objects.get(kind="follow_up")
        assert letter.channel == "letter"
        assert f"Vul daar deze code in: {code()}" in letter.text

    def test_who_reads_in_mijngroningen_finds_it_there_and_colleagues_never_see_the_code(
        self, noor: Actor, hiltje: Actor
    ) -> None:
        choose_preferences(actor=hiltje, answers=ReachBy.WEB, notices=ReachBy.WEB, asked_afterwards=True)
        held = closed_question(noor, by=hiltje)
        before = unread_count(hiltje.key)
        assert ask_on() == 1
        assert unread_count(hiltje.key) == before + 1
        with clock.told_at(FRIDAY):
            page = question_page(hiltje.key, held.number)
        assert FollowUp.objects.get().code_hash == hash_of(page.how_it_went)
        assert page.how_it_went not in " ".join(ContactMoment.objects.values_list("text", flat=True))

    def test_who_left_only_a_phone_number_is_not_asked_by_machine(self, noor: Actor) -> None:
        closed_question(noor, channel=Channel.PHONE, phone="06 00000001")
        assert ask_on() == 0
        assert FollowUp.objects.get().why_not == WhyNot.NO_WAY

    def test_somebody_we_do_not_know_is_asked_where_they_wrote_from(self, noor: Actor) -> None:
        closed_question(noor, channel=Channel.EMAIL, email="iemand@voorbeeld.nl")
        assert ask_on() == 1
        assert OutgoingMessage.objects.get(kind="follow_up").to_address == "iemand@voorbeeld.nl"


class TestAnswer:
    @pytest.fixture
    def held(self, noor: Actor, sanne: Actor, hiltje: Actor) -> Question:
        held = closed_question(noor, by=hiltje)
        assert ask_on() == 1
        return held

    def test_it_works(self, held: Question) -> None:
        tell(words="Snel en aardig.", grade=9, again=False)
        asked = FollowUp.objects.get()
        assert (asked.grade, asked.solved, asked.told_again, asked.words) == (9, True, False, "Snel en aardig.")
        assert Question.objects.get(id=held.id).state == QuestionState.CLOSED
        assert history_of(held.id)[-1] == "follow_up_answered"
        assert Event.objects.get(name="contact.follow-up-answered.v1").payload["solved"] is True

    def test_not_solved_runs_again_with_its_history_in_the_same_hands_and_the_resident_is_told_whose(
        self, noor: Actor, held: Question
    ) -> None:
        tell(solved=False, words="Er kwam weer een aanmaning.", grade=3)
        held.refresh_from_db()
        assert (held.state, held.closed_at, held.times_reopened) == (QuestionState.WORKING, None, 1)
        assert held.handler == noor.id
        assert ContactMoment.objects.filter(question=held.id, direction="in").latest("at").text == (
            "Er kwam weer een aanmaning."
        )
        told = sent_about(held.id)[-1]
        assert noor.name in told.text
        assert "Uw vraag loopt weer" in told.text

    def test_who_is_away_or_left_does_not_get_it(self, noor: Actor, sanne: Actor, held: Question) -> None:
        plan_leave(actor=sanne, employee=noor.key, begins=FRIDAY.date(), ends=FRIDAY.date(), cover=None)
        tell(solved=False)
        held.refresh_from_db()
        assert held.handler == sanne.id
        assert history_of(held.id)[-1] == "assigned"
        assert sanne.name in sent_about(held.id)[-1].text

    def test_who_covers_goes_before_the_lead(self, noor: Actor, sanne: Actor, held: Question) -> None:
        cover = employee_with(Role.SPECIALIST, teams=("minima",), username="bea")
        plan_leave(actor=sanne, employee=noor.key, begins=FRIDAY.date(), ends=FRIDAY.date(), cover=cover.key)
        tell(solved=False)
        assert Question.objects.get(id=held.id).handler == cover.id

    def test_the_contact_person_goes_before_who_helped_last(self, held: Question) -> None:
        fixed = employee_with(Role.SPECIALIST, teams=("minima",), username="bea")
        Question.objects.filter(id=held.id).update(contact_person=fixed.id)
        tell(solved=False)
        assert Question.objects.get(id=held.id).handler == fixed.id

    def test_who_no_longer_works_here_does_not_get_it(self, noor: Actor, sanne: Actor, held: Question) -> None:
        Employee.objects.filter(id=noor.key).update(active=False)
        tell(solved=False)
        assert Question.objects.get(id=held.id).handler == sanne.id

    def test_changing_ones_mind_keeps_what_one_leaves_out(self, held: Question) -> None:
        tell(words="Snel.", grade=9, again=True)
        tell(grade=6, at=FRIDAY + timedelta(days=6))
        asked = FollowUp.objects.get()
        assert (asked.grade, asked.words, asked.told_again, asked.times_answered) == (6, "Snel.", True, 2)

    def test_solved_first_and_not_after_all_runs_again_once(self, held: Question) -> None:
        tell(solved=True)
        tell(solved=False, words="Toch niet.")
        tell(solved=False, words="Het kwam weer.")
        held.refresh_from_db()
        assert (held.state, held.times_reopened) == (QuestionState.WORKING, 1)
        said = ContactMoment.objects.filter(question=held.id, direction="in").order_by("at", "id")
        assert [moment.text for moment in said][1:] == ["Toch niet.", "Het kwam weer."]

    def test_danger_in_the_words_comes_back_at_once_even_when_it_is_solved(self, held: Question) -> None:
        tell(solved=True, words="Dank u wel. Ik heb pillen klaargelegd, ik maak er vannacht een einde aan.", grade=7)
        held.refresh_from_db()
        assert (held.state, held.urgency) == (QuestionState.WORKING, Urgency.NOW)
        assert held.answer_due <= FRIDAY + timedelta(days=1)
        assert "113" in sent_about(held.id)[-1].text

    def test_after_a_week_nothing_changes_any_more(self, held: Question) -> None:
        tell(grade=9)
        with pytest.raises(Conflict):
            tell(grade=1, solved=False, at=FRIDAY + timedelta(days=8))
        assert FollowUp.objects.get().grade == 9

    def test_after_a_month_it_is_as_if_there_never_was_a_link(self, held: Question) -> None:
        with pytest.raises(NotFound):
            tell(at=FRIDAY + timedelta(days=31))
        with pytest.raises(NotFound):
            commands.answer_follow_up(
                actor=ANONYMOUS,
                code="2222-3333-4444-5555",
                given=HowItWent(grade=8, solved=False, told_again=None, words=""),
            )
        assert Question.objects.get(id=held.id).state == QuestionState.CLOSED

    def test_what_the_resident_reopened_meanwhile_is_not_reopened_twice(self, hiltje: Actor, held: Question) -> None:
        say("Het is weer mis.", by=hiltje, question=held.id)
        tell(solved=False)
        assert Question.objects.get(id=held.id).times_reopened == 1
