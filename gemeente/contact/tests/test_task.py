"""Follow-up tasks: others do a part, the question stays whole: with its owner, its date and its urgency (V31, V78)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from gemeente.access.models import Team
from gemeente.access.queries import teams
from gemeente.access.types import ANONYMOUS, Actor, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import ContactMoment, FollowUpTask, HistoryEntry, Question
from gemeente.contact.queries.attention import Kind, attention
from gemeente.contact.queries.portal import question_page
from gemeente.contact.queries.queue import queue_of
from gemeente.contact.queries.tasks import LineKind, TaskLine
from gemeente.contact.queries.workspace import conversation, version_of
from gemeente.contact.task_rules import NewTask, TaskState
from gemeente.contact.tests.talk import MACHINE, answer, arrive, ask, close, history_of, say, sent_about
from gemeente.contact.types import QuestionState, Urgency
from gemeente.kernel import clock
from gemeente.kernel.consumer import consume_batch
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed, NotFound
from gemeente.kernel.models import Event

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
THURSDAY = date(2026, 11, 26)
GGD = "GGD Groningen"
INTERNAL = "Is de huur betaald? Zij weet dit niet"


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def noor() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")


@pytest.fixture
def tess() -> Actor:
    return employee_with(Role.SPECIALIST, teams=("wonen",), username="tess")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask(
        "Ik kan de rekening niet betalen.", by=hiltje, team="schuldhulp", product="schuldhulpverlening", subject="Geld"
    )


def now(held: Question) -> Question:
    return Question.objects.get(id=held.id)


def asked(actor: Actor, held: Question, **more: Any) -> UUID:
    given: dict[str, Any] = {"asked": INTERNAL, "day": THURSDAY, "team": "wonen"} | more
    return commands.ask_task(actor=actor, question=held.id, task=NewTask(**given))


def asked_partner(actor: Actor, held: Question, **more: Any) -> UUID:
    return asked(actor, held, **{"team": "", "partner": GGD, "agreed": True, "asked": "Kan zij snel terecht?"} | more)


def row(task: UUID) -> FollowUpTask:
    return FollowUpTask.objects.get(id=task)


def lines(actor: Actor, *, at: datetime = TUESDAY) -> list[TaskLine]:
    with clock.told_at(at):
        return queue_of(actor, row="team").tasks.shown


def seen_by_resident(hiltje: Actor, held: Question) -> list[tuple[str, str, str]]:
    page = question_page(hiltje.key, held.number)
    return [(item.kind, item.who, item.text) for item in page.timeline if item.kind not in ("moment", "taken_up")]


class TestAsk:
    def test_it_works(self, noor: Actor, held: Question) -> None:
        task = asked(noor, held)
        assert (row(task).team, row(task).state, row(task).asked_by) == ("wonen", TaskState.OPEN, noor.id)
        assert row(task).due_at.astimezone(clock.AMSTERDAM).hour == 17
        assert Event.objects.get(name="contact.task-asked.v1").payload["task"] == str(task)

    def test_the_question_stays_with_its_owner_its_date_and_its_urgency(self, noor: Actor, held: Question) -> None:
        asked(noor, held)
        after = now(held)
        assert (after.team, after.answer_due, after.urgency) == (held.team, held.answer_due, held.urgency)
        assert (after.handler, after.state, after.hand_overs) == (noor.id, QuestionState.WORKING, 0)

    def test_urgency_that_is_raised_later_rides_along(self, noor: Actor, tess: Actor, held: Question) -> None:
        asked(noor, held)
        commands.change_urgency(actor=noor, question=held.id, to=Urgency.NOW, reason="Deurwaarder komt")
        assert [line.urgency for line in lines(tess)] == [Urgency.NOW]

    def test_what_a_colleague_wrote_meanwhile_is_a_conflict(self, noor: Actor, held: Question) -> None:
        seen = version_of(held.id)
        asked(noor, held)
        assert version_of(held.id) > seen

    def test_another_teams_question_is_not_ours_to_ask_in(self, tess: Actor, held: Question) -> None:
        with pytest.raises(NotAllowed):
            asked(tess, held, team="wmo")

    def test_the_same_twice_is_one(self, noor: Actor, held: Question) -> None:
        asked(noor, held)
        with pytest.raises(Conflict, match="staat er al"):
            asked(noor, held)
        assert FollowUpTask.objects.count() == 1

    def test_not_of_a_team_that_ended(self, noor: Actor, held: Question) -> None:
        Team.objects.filter(key="sport").update(active=False)
        teams.cache_clear()
        try:
            with pytest.raises(DomainError, match="bestaat niet meer"):
                asked(noor, held, team="sport")
        finally:
            Team.objects.filter(key="sport").update(active=True)
            teams.cache_clear()

    @pytest.mark.parametrize("team", ["", "bestaat-niet"])
    def test_not_of_nobody(self, noor: Actor, held: Question, team: str) -> None:
        with pytest.raises(DomainError):
            asked(noor, held, team=team)

    def test_not_in_a_closed_question(self, noor: Actor, held: Question) -> None:
        close(noor, held.id)
        with pytest.raises(Conflict, match="afgerond"):
            asked(noor, held)

    def test_after_the_answer_date_only_with_a_reason_and_never_by_moving_that_date(
        self, noor: Actor, held: Question
    ) -> None:
        later = held.answer_due.date() + timedelta(days=7)
        with pytest.raises(DomainError, match="na de antwoorddatum"):
            asked(noor, held, day=later)
        task = asked(noor, held, day=later, why_later="De rechter beslist dan pas")
        assert row(task).why_later == "De rechter beslist dan pas"
        assert now(held).answer_due == held.answer_due


class TestReadAlong:
    def test_the_asked_team_reads_the_whole_question_while_its_task_is_open(
        self, noor: Actor, tess: Actor, held: Question
    ) -> None:
        with pytest.raises(NotAllowed):
            conversation(tess, held.number)
        task = asked(noor, held)
        talk = conversation(tess, held.number)
        assert "Ik kan de rekening niet betalen." in [item.text for item in talk.timeline]
        assert (talk.may_handle, [card.mine for card in talk.tasks]) == (False, [True])
        commands.finish_task(actor=tess, task=task, words="De huur is betaald.")
        with pytest.raises(NotAllowed):
            conversation(tess, held.number)

    def test_and_does_not_answer_in_the_place_of_who_helps(self, noor: Actor, tess: Actor, held: Question) -> None:
        asked(noor, held)
        with pytest.raises(NotAllowed):
            answer(tess, held.id)
        with pytest.raises(NotAllowed):
            close(tess, held.id)

    def test_a_third_team_reads_nothing(self, noor: Actor, held: Question) -> None:
        asked(noor, held)
        with pytest.raises(NotAllowed):
            conversation(employee_with(Role.SPECIALIST, teams=("wmo",), username="fenna"), held.number)


class TestEnd:
    def test_done_with_words_returns_the_question_to_its_owner(self, noor: Actor, tess: Actor, held: Question) -> None:
        task = asked(noor, held)
        assert [(line.kind, line.asked) for line in lines(tess)] == [(LineKind.ASKED, INTERNAL)]
        commands.finish_task(actor=tess, task=task, words="De huur is betaald.")
        assert (row(task).state, row(task).words) == (TaskState.DONE, "De huur is betaald.")
        assert lines(tess) == []
        assert [(line.kind, line.number) for line in lines(noor)] == [(LineKind.DONE, held.number)]
        done = Event.objects.get(name="contact.tasks-all-done.v1")
        assert (done.payload["team"], done.payload["handler"]) == ("schuldhulp", str(noor.id))
        assert (now(held).team, now(held).handler) == ("schuldhulp", noor.id)

    def test_all_done_is_after_the_last_one(self, noor: Actor, tess: Actor, held: Question) -> None:
        first, second = asked(noor, held), asked(noor, held, asked="Heeft zij een huurcontract?")
        commands.finish_task(actor=tess, task=first, words="Ja.")
        assert not Event.objects.filter(name="contact.tasks-all-done.v1").exists()
        assert lines(noor) == []
        commands.finish_task(actor=tess, task=second, words="Ja, sinds mei.")
        assert [line.kind for line in lines(noor)] == [LineKind.DONE]

    @pytest.mark.parametrize("move", ["answer", "ask_next", "close"])
    def test_the_owner_is_to_move_until_they_moved(self, noor: Actor, tess: Actor, held: Question, move: str) -> None:
        commands.finish_task(actor=tess, task=asked(noor, held), words="De huur is betaald.")
        with clock.told_at(TUESDAY + timedelta(hours=1)):
            say("Weet u al iets?", by=register_resident(given="Bob"), question=held.id)
            assert [line.kind for line in lines(noor)] == [LineKind.DONE]
            if move == "answer":
                answer(noor, held.id)
            elif move == "close":
                close(noor, held.id)
            else:
                asked(noor, held, asked="Nog iets: staat zij ingeschreven?")
        assert lines(noor, at=TUESDAY + timedelta(hours=2)) == []

    def test_given_back_with_a_reason_is_shown_at_once(self, noor: Actor, tess: Actor, held: Question) -> None:
        asked(noor, held, team="wmo")
        task = asked(noor, held)
        commands.give_back_task(actor=tess, task=task, reason="Zij huurt niet hier")
        assert [line.kind for line in lines(noor)] == [LineKind.BACK]
        assert (row(task).state, row(task).words) == (TaskState.GIVEN_BACK, "Zij huurt niet hier")

    def test_withdrawn_by_its_owner(self, noor: Actor, tess: Actor, held: Question) -> None:
        task = asked(noor, held)
        commands.withdraw_task(actor=noor, task=task, reason="Zij bracht het contract mee")
        assert row(task).state == TaskState.WITHDRAWN
        assert (lines(noor), lines(tess)) == ([], [])

    @pytest.mark.parametrize("words", ["", "  \n"])
    def test_never_without_words(self, noor: Actor, tess: Actor, held: Question, words: str) -> None:
        task = asked(noor, held)
        with pytest.raises(DomainError, match="Schrijf op"):
            commands.finish_task(actor=tess, task=task, words=words)
        with pytest.raises(DomainError, match="waarom"):
            commands.give_back_task(actor=tess, task=task, reason=words)
        with pytest.raises(DomainError, match="waarom"):
            commands.withdraw_task(actor=noor, task=task, reason=words)

    def test_once(self, noor: Actor, tess: Actor, held: Question) -> None:
        task = asked(noor, held)
        commands.finish_task(actor=tess, task=task, words="De huur is betaald.")
        with pytest.raises(Conflict, match="al klaar"):
            commands.finish_task(actor=tess, task=task, words="Nog eens")
        with pytest.raises(Conflict, match="al klaar"):
            commands.give_back_task(actor=tess, task=task, reason="Toch niet")
        with pytest.raises(Conflict, match="al klaar"):
            commands.withdraw_task(actor=noor, task=task, reason="Toch niet")
        assert row(task).words == "De huur is betaald."

    def test_only_by_the_asked_team_and_withdrawn_only_by_the_owner(
        self, noor: Actor, tess: Actor, held: Question
    ) -> None:
        task = asked(noor, held)
        with pytest.raises(NotAllowed):
            commands.finish_task(actor=noor, task=task, words="Ik doe het zelf")
        with pytest.raises(NotAllowed):
            commands.withdraw_task(actor=tess, task=task, reason="Geen zin")

    def test_what_does_not_exist(self, noor: Actor, held: Question) -> None:
        with pytest.raises(NotFound):
            commands.finish_task(actor=noor, task=held.id, words="Klaar")

    def test_closing_the_question_withdraws_what_is_still_asked(self, noor: Actor, tess: Actor, held: Question) -> None:
        task = asked(noor, held)
        close(noor, held.id)
        while consume_batch():
            pass
        assert (row(task).state, row(task).words) == (TaskState.WITHDRAWN, "De vraag is afgerond.")

    def test_but_not_when_it_runs_again_by_then(self, noor: Actor, hiltje: Actor, held: Question) -> None:
        task = asked(noor, held)
        close(noor, held.id)
        commands.reopen_question(actor=hiltje, question=held.id, words="")
        assert commands.withdraw_tasks_of_closed(actor=MACHINE, question=held.id) == 0
        assert row(task).state == TaskState.OPEN


class TestWhatTheResidentSees:
    def test_V78_who_looks_along_and_never_what_was_asked_or_found(
        self, noor: Actor, tess: Actor, hiltje: Actor, held: Question
    ) -> None:
        task = asked(noor, held)
        asked_partner(noor, held)
        page = question_page(hiltje.key, held.number)
        assert (page.teams_along, page.partners_along) == (("Wonen en huisvesting",), (GGD,))
        commands.finish_task(actor=tess, task=task, words="Geheim woord")
        assert seen_by_resident(hiltje, held) == [
            ("looked", "Wonen en huisvesting", ""),
            ("partner_looks", GGD, ""),
            ("team_looks", "Wonen en huisvesting", ""),
        ]
        assert question_page(hiltje.key, held.number).teams_along == ()

    def test_employees_see_the_task_itself_in_that_place(self, noor: Actor, held: Question) -> None:
        asked(noor, held)
        told = {item.kind: item.text for item in conversation(noor, held.number).timeline}
        assert told["task_asked"] == f"Wonen en huisvesting: {INTERNAL}"
        assert "team_looks" not in told


class TestPartner:
    def test_a_partner_gets_what_is_asked_the_number_how_to_answer_and_of_the_resident_only_the_name(
        self, noor: Actor, hiltje: Actor, held: Question
    ) -> None:
        before = len(sent_about(held.id))
        task = asked_partner(noor, held)
        (mail,) = sent_about(held.id)[before:]
        assert (mail.to_address, mail.to_name, mail.party) == ("gemeente@ggd.voorbeeld.nl", GGD, None)
        for words in ("Kan zij snel terecht?", held.number, "Hiltje Vries", "donderdag 26 november", noor.name):
            assert words in f"{mail.subject}\n{mail.text}"
        for secret in ("hiltje@voorbeeld.nl", "rekening niet betalen", held.title):
            assert secret not in f"{mail.subject}\n{mail.text}"
        assert row(task).agreed

    def test_only_when_the_resident_finds_it_good(self, noor: Actor, held: Question) -> None:
        with pytest.raises(DomainError, match="inwoner"):
            asked_partner(noor, held, agreed=False)

    @pytest.mark.parametrize("secret", ["999993653", "06 00 12 34 56", "9999.93.653", "hiltje@voorbeeld.nl"])
    def test_never_with_a_number_or_an_address(self, noor: Actor, held: Question, secret: str) -> None:
        with pytest.raises(DomainError, match="alleen de naam"):
            asked_partner(noor, held, asked=f"Kent u haar? {secret}")

    def test_the_number_of_the_question_itself_may_stand_in_it(self, noor: Actor, held: Question) -> None:
        asked_partner(noor, held, asked=f"Gaat {held.number} over uw woning?")

    def test_not_of_a_partner_who_is_not_in_the_register(self, noor: Actor, held: Question) -> None:
        with pytest.raises(DomainError, match="niet meer in de lijst"):
            asked_partner(noor, held, partner="Onbekend BV")

    def test_who_handles_the_question_notes_the_answer(self, noor: Actor, tess: Actor, held: Question) -> None:
        task = asked_partner(noor, held)
        with pytest.raises(NotAllowed):
            commands.finish_task(actor=tess, task=task, words="Zij kan donderdag terecht")
        commands.finish_task(actor=noor, task=task, words="Zij kan donderdag terecht")
        assert [line.kind for line in lines(noor)] == [LineKind.DONE]

    def test_hears_when_it_is_no_longer_needed(self, noor: Actor, held: Question) -> None:
        commands.withdraw_task(actor=noor, task=asked_partner(noor, held), reason="Al geregeld")
        assert "hoeft niet meer mee te kijken" in sent_about(held.id)[-1].subject
        assert "Al geregeld" not in sent_about(held.id)[-1].text

    def test_a_mail_that_a_partner_sends_back_is_for_colleagues_only(
        self, noor: Actor, hiltje: Actor, held: Question
    ) -> None:
        asked_partner(noor, held)
        arrive(_reply(sent_about(held.id)[-1].message_id, "Ineke <ineke@ggd.voorbeeld.nl>", "Zij kan vrijdag komen."))
        moment = ContactMoment.objects.get(text__contains="vrijdag")
        assert (moment.question, moment.internal) == (held.id, True)
        assert "vrijdag" not in str(question_page(hiltje.key, held.number))
        assert "Zij kan vrijdag komen." in [item.text for item in conversation(noor, held.number).timeline]

    def test_a_strangers_mail_stays_a_strangers(self, noor: Actor, held: Question) -> None:
        asked_partner(noor, held)
        arrive(_reply(sent_about(held.id)[-1].message_id, "x@elders.voorbeeld.nl", "Ik lees mee."))
        moment = ContactMoment.objects.get(text__contains="Ik lees mee.")
        assert (moment.internal, moment.sender_unknown) == (False, True)


def _reply(to: str, sender: str, text: str) -> bytes:
    head = f"From: {sender}\r\nTo: post@groningen.voorbeeld.nl\r\nSubject: Re\r\nMessage-ID: <{len(text)}@x.voorbeeld.nl>\r\n"
    return f"{head}In-Reply-To: {to}\r\n\r\n{text}\r\n".encode()


class TestWatch:
    def note_late(self, at: datetime) -> int:
        with clock.told_at(at):
            return commands.note_late_tasks(actor=MACHINE)

    def test_a_task_past_its_day_is_found_once(self, noor: Actor, tess: Actor, held: Question) -> None:
        task = asked(noor, held)
        due = row(task).due_at
        assert self.note_late(due) == 0
        late = due + timedelta(minutes=1)
        assert (self.note_late(late), self.note_late(late)) == (1, 0)
        assert row(task).late_at == late
        assert history_of(held.id).count("task_late") == 1
        event = Event.objects.get(name="contact.task-late.v1")
        assert (event.payload["owner"], event.payload["team"]) == ("schuldhulp", "wonen")
        assert [line.kind for line in lines(noor, at=late)] == [LineKind.LATE]

    def test_what_was_done_in_time_is_not_late(self, noor: Actor, tess: Actor, held: Question) -> None:
        commands.finish_task(actor=tess, task=asked(noor, held), words="De huur is betaald.")
        assert self.note_late(TUESDAY + timedelta(days=30)) == 0

    @pytest.mark.parametrize("who", [ANONYMOUS, "noor"])
    def test_only_the_system_watches(self, noor: Actor, who: Any) -> None:
        with pytest.raises(NotAllowed):
            commands.note_late_tasks(actor=noor if who == "noor" else who)


class TestTheLeads:
    @pytest.fixture
    def leads(self) -> list[Actor]:
        return [
            employee_with(Role.TEAM_LEAD, teams=(team,), username=name)
            for team, name in (("schuldhulp", "ans"), ("wonen", "bea"))
        ]

    def test_V31_both_see_a_late_task(self, noor: Actor, held: Question, leads: list[Actor]) -> None:
        asked(noor, held)
        assert [self.of(lead, Kind.TASK, TUESDAY) for lead in leads] == [[], []]
        after = TUESDAY + timedelta(days=3)
        assert [self.of(lead, Kind.TASK, after) for lead in leads] == [[(held.number, "team:wonen")]] * 2

    def test_V31_what_stands_still_is_found_wherever_it_stands(
        self, noor: Actor, held: Question, leads: list[Actor]
    ) -> None:
        after, day = TUESDAY + timedelta(days=6), held.answer_due.date()
        assert self.of(leads[0], Kind.STUCK, after) == [(held.number, "")]
        asked_partner(noor, held, day=day)
        assert self.of(leads[0], Kind.STUCK, after) == [(held.number, f"partner:{GGD}")]
        asked(noor, held, day=day)
        assert [self.of(lead, Kind.STUCK, after) for lead in leads] == [[(held.number, "team:wonen")]] * 2

    def test_V31_a_hand_over_that_nobody_takes_stands_still_too(
        self, noor: Actor, held: Question, leads: list[Actor]
    ) -> None:
        commands.hand_over_question(
            actor=noor, question=held.id, to="wonen", reason="Is van u", seen_version=version_of(held.id)
        )
        assert self.of(leads[1], Kind.STUCK, TUESDAY + timedelta(days=6)) == [(held.number, "hand_over:wonen")]

    def test_a_task_in_what_waits_for_the_resident_is_still_looked_after(
        self, noor: Actor, held: Question, leads: list[Actor]
    ) -> None:
        Question.objects.filter(id=held.id).update(state=QuestionState.WAITING)
        after = TUESDAY + timedelta(days=6)
        assert self.of(leads[0], Kind.STUCK, after) == []
        asked(noor, held)
        Question.objects.filter(id=held.id).update(state=QuestionState.WAITING)
        assert self.of(leads[0], Kind.STUCK, after) == [(held.number, "team:wonen")]

    def test_a_step_in_a_task_is_a_sign_of_life(
        self, noor: Actor, tess: Actor, held: Question, leads: list[Actor]
    ) -> None:
        task = asked(noor, held)
        with clock.told_at(TUESDAY + timedelta(days=5)):
            commands.finish_task(actor=tess, task=task, words="De huur is betaald.")
        assert self.of(leads[0], Kind.STUCK, TUESDAY + timedelta(days=6)) == []

    def of(self, lead: Actor, kind: Kind, at: datetime) -> list[tuple[str, str]]:
        with clock.told_at(at):
            found = attention(lead, teams=sorted(lead.teams), kind=kind)
        assert found.counts[kind] == len(found.items)
        assert all(item.opens for item in found.items)
        return [(item.number, item.words) for item in found.items]


def test_each_step_stands_in_the_history_with_who_took_it(noor: Actor, tess: Actor, held: Question) -> None:
    commands.finish_task(actor=tess, task=asked(noor, held), words="Ja.")
    told = HistoryEntry.objects.filter(question=held.id, kind__startswith="task_").order_by("at", "id")
    assert [(one.kind, one.actor) for one in told] == [("task_asked", noor.id), ("task_done", tess.id)]


def test_a_task_is_for_one(noor: Actor, held: Question) -> None:
    both = NewTask(asked="Kijk mee", day=THURSDAY, team="wonen", partner=GGD, agreed=True)
    for task in (both, replace(both, team="", partner="")):
        with pytest.raises(DomainError, match="één team"):
            commands.ask_task(actor=noor, question=held.id, task=task)
