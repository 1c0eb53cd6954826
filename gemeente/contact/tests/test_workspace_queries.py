"""The queue, a conversation, the whole picture: what an employee's team and purpose allow, danger first."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from gemeente.access.types import Actor, Purpose, Role
from gemeente.audit.models import Entry
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import add_note, take_up_question
from gemeente.contact.models import Question
from gemeente.contact.queries import workspace
from gemeente.contact.queries.picture import picture
from gemeente.contact.queries.queue import AT_MOST, queue_of
from gemeente.contact.tests.talk import answer, ask, close, question_of, say
from gemeente.kernel import clock
from gemeente.kernel.errors import NotAllowed, NotFound

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


class TestQueue:
    def test_danger_comes_first_and_then_the_oldest_promise(self, kcc: Actor) -> None:
        asked = {}
        for name, days, urgency in (("late", 0, ""), ("later", 5, ""), ("haste", 4, "vandaag"), ("danger", 5, "nu")):
            with clock.told_at(TUESDAY + timedelta(days=days)):
                asked[ask(channel=Channel.PHONE, urgency=urgency).number] = name
        assert [asked[item.number] for item in queue_of(kcc, row="team").items] == ["danger", "haste", "late", "later"]

    def test_it_holds_the_open_questions_of_ones_teams(self, kcc: Actor) -> None:
        wegen = employee_with(Role.SPECIALIST, teams=("wegen", "groen"))
        numbers = {team: ask(team=team, channel=Channel.PHONE).number for team in ("wegen", "groen", "wmo", "kcc")}
        assert {item.number for item in queue_of(wegen, row="team").items} == {numbers["wegen"], numbers["groen"]}
        assert queue_of(wegen, row="team").counts == {"mine": 0, "team": 2, "followed": 0}

    def test_who_sees_all_still_has_a_queue_of_their_own(self, kcc: Actor) -> None:
        ask(team="wmo")
        assert queue_of(kcc, row="team").items == ()

    def test_mine_is_what_i_handle_whatever_its_team(self, kcc: Actor) -> None:
        held = ask(team="wmo")
        take_up_question(actor=kcc, question=held.id)
        found = queue_of(kcc, row="mine")
        assert [item.number for item in found.items] == [held.number]
        assert found.counts == {"mine": 1, "team": 0, "followed": 0}

    def test_what_is_closed_is_gone(self, kcc: Actor) -> None:
        close(kcc, ask(channel=Channel.PHONE).id, via=Channel.PHONE)
        assert queue_of(kcc, row="team").counts == {"mine": 0, "team": 0, "followed": 0}

    def test_it_names_who_asks(self, kcc: Actor) -> None:
        ask(by=register_resident())
        ask(name="Mevrouw Bos", email="bos@voorbeeld.nl")
        ask(email="iemand@voorbeeld.nl")
        ask(channel=Channel.PHONE)
        named = sorted(item.who for item in queue_of(kcc, row="team").items)
        assert named == ["", "H. Vries", "Mevrouw Bos", "iemand@voorbeeld.nl"]

    def test_it_comes_in_pages_that_together_hold_each_question_once(self, kcc: Actor) -> None:
        with clock.told_at(TUESDAY):
            asked = {ask().number for _ in range(AT_MOST + 5)}
        pages = [queue_of(kcc, row="team", page=page) for page in range(3)]
        assert [(len(page.items), page.more) for page in pages] == [(AT_MOST, True), (5, False), (0, False)]
        assert {item.number for page in pages for item in page.items} == asked
        assert all(page.counts["team"] == len(asked) for page in pages)

    def test_one_statement_however_long_it_is(
        self, kcc: Actor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(3):
            ask(by=register_resident())
        with django_assert_num_queries(1):
            queue_of(kcc, row="team")


class TestConversation:
    def test_it_holds_all_that_the_handler_needs(self, kcc: Actor) -> None:
        held = question_of(say("De stoep ligt los.", channel=Channel.PHONE, name="Mevrouw Bos", phone="06 12345678"))
        talk = workspace.conversation(kcc, held.number)
        assert (talk.tile.number, talk.asker_name, talk.asker_phone) == (held.number, "Mevrouw Bos", "06 12345678")
        assert talk.timeline[-1].text in ("De stoep ligt los.", held.urgency_reason)

    def test_another_teams_is_refused_and_one_that_never_was_is_not_found(self, kcc: Actor) -> None:
        wegen = employee_with(Role.SPECIALIST, teams=("wegen",))
        held = ask(team="wmo")
        with pytest.raises(NotAllowed):
            workspace.conversation(wegen, held.number)
        with pytest.raises(NotFound):
            workspace.conversation(wegen, "2026-99999")
        assert not workspace.may_open(wegen, held.id)
        assert workspace.may_open(kcc, held.id)

    def test_who_took_it_down_may_tell_the_resident_the_number_and_nothing_more(self, kcc: Actor) -> None:
        desk = employee_with(Role.SPECIALIST, teams=("burgerzaken",))
        held = ask(channel=Channel.DESK, team="wmo", taken_by=desk.id)
        assert workspace.told(desk, held.number).number == held.number
        with pytest.raises(NotAllowed):
            workspace.conversation(desk, held.number)
        for number in (ask(team="wmo").number, "2026-99999"):
            with pytest.raises(NotFound):
                workspace.told(desk, number)


class TestPicture:
    def read(self, actor: Actor, party: Actor) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(picture(actor=actor, party=party.key, purpose=Purpose.HANDLE_QUESTION.value))
        return found

    def test_it_holds_one_resident_in_one_round_trip(
        self, kcc: Actor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        hiltje = register_resident(email="hiltje@voorbeeld.nl")
        held = ask("De stoep ligt los.", by=hiltje)
        answer(kcc, held.id)
        ask("Iets van Jelle.", by=register_resident(given="Jelle"))
        with django_assert_num_queries(2):
            seen = self.read(kcc, hiltje)
        assert seen["party"]["given_names"] == "Hiltje"
        assert [one["number"] for one in seen["questions"]] == [held.number]
        assert len(seen["moments"]) == 2
        assert "Jelle" not in json.dumps(seen)
        assert "bsn" not in json.dumps(seen)

    def test_words_to_another_team_are_left_out(self) -> None:
        hiltje = register_resident()
        wegen = employee_with(Role.SPECIALIST, teams=("wegen",))
        ask("Over mijn zorg.", by=hiltje, team="wmo", wish="Een plek in de buurt")
        ask("Over de stoep.", by=hiltje, team="wegen", wish="Een veilige stoep")
        seen = self.read(wegen, hiltje)
        assert {one["text"] for one in seen["moments"]} == {None, "Over de stoep."}
        assert {one["wish"] for one in seen["questions"]} == {None, "Een veilige stoep"}

    def test_who_looked_and_why_is_written_before_it_is_shown(self, kcc: Actor) -> None:
        hiltje = register_resident()
        self.read(kcc, hiltje)
        line = Entry.objects.get(action="picture")
        assert (line.actor_id, line.subject, line.purpose) == (kcc.id, hiltje.id, Purpose.HANDLE_QUESTION)

    def test_it_is_bounded(self, kcc: Actor) -> None:
        hiltje = register_resident()
        for _ in range(15):
            held = ask(by=hiltje)
        for _ in range(40):
            add_note(actor=kcc, question=held.id, text="Notitie")
        seen = self.read(kcc, hiltje)
        assert (len(seen["questions"]), len(seen["moments"])) == (12, 40)

    def test_somebody_who_is_not_there_has_no_picture(self, kcc: Actor) -> None:
        seen = self.read(kcc, kcc)
        assert (seen["party"], seen["questions"]) == (None, [])


def test_a_question_knows_its_resident() -> None:
    hiltje = register_resident()
    held = ask(by=hiltje)
    assert workspace.is_question_of(hiltje.key, held.id)
    assert not workspace.is_question_of(register_resident(given="Jelle").key, held.id)
    assert Question.objects.get(id=held.id).number == workspace.number_of(held.id)
