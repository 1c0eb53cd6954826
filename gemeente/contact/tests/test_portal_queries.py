"""What a resident reads is theirs alone, whatever they guess."""

from datetime import UTC, datetime, timedelta

import pytest

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.portal import (
    PAGE,
    is_moment_of,
    messages_page,
    question_of,
    question_page,
    questions_page,
    unread_count,
)
from gemeente.contact.tests.talk import answer, ask, close, moment_of, say
from gemeente.kernel import clock
from gemeente.kernel.errors import NotFound

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def hiltje() -> Actor:
    return register_resident()


@pytest.fixture
def jelle() -> Actor:
    return register_resident(given="Jelle")


class TestNobodyElses:
    @pytest.fixture
    def held(self, hiltje: Actor) -> Question:
        return ask("Iets van Hiltje.", by=hiltje)

    def test_another_residents_question_looks_as_if_it_never_was(self, jelle: Actor, held: Question) -> None:
        messages: set[str] = set()
        for number in (held.number, "2026-99999", "", "x" * 500, "%"):
            for read in (question_page, question_of):
                with pytest.raises(NotFound) as refused:
                    read(jelle.key, number)
                messages.add(refused.value.message)
        assert len(messages) == 1

    def test_lists_and_counts_hold_ones_own(self, hiltje: Actor, jelle: Actor, held: Question) -> None:
        answer(employee_with(Role.KCC), held.id)
        assert questions_page(jelle.key, closed=False, page=0) == ([], False)
        assert messages_page(jelle.key) == ([], False)
        assert (unread_count(jelle.key), unread_count(hiltje.key)) == (0, 1)

    def test_a_question_of_nobody_is_in_nobodys_list(self, hiltje: Actor) -> None:
        held = ask("Zonder naam.", email="iemand@voorbeeld.nl")
        with pytest.raises(NotFound):
            question_page(hiltje.key, held.number)
        assert questions_page(hiltje.key, closed=False, page=0) == ([], False)

    def test_a_moment_is_the_askers_and_never_a_note(self, hiltje: Actor, jelle: Actor) -> None:
        moment = moment_of(say(by=hiltje))
        assert is_moment_of(hiltje.key, moment.id)
        assert not is_moment_of(jelle.key, moment.id)
        assert not is_moment_of(hiltje.key, None)
        ContactMoment.objects.filter(id=moment.id).update(internal=True)
        assert not is_moment_of(hiltje.key, moment.id)


class TestPages:
    def test_running_and_closed_questions_stand_apart_newest_first(self, hiltje: Actor) -> None:
        kcc = employee_with(Role.KCC)
        numbers = []
        for days in range(3):
            with clock.told_at(TUESDAY + timedelta(days=days)):
                numbers.append(ask(by=hiltje))
        close(kcc, numbers[1].id)
        running, _ = questions_page(hiltje.key, closed=False, page=0)
        done, _ = questions_page(hiltje.key, closed=True, page=0)
        assert [tile.number for tile in running] == [numbers[2].number, numbers[0].number]
        assert [tile.number for tile in done] == [numbers[1].number]

    def test_questions_and_messages_come_in_pages_of_twenty(self, hiltje: Actor) -> None:
        with clock.told_at(TUESDAY):
            asked = {ask(by=hiltje).number for _ in range(PAGE + 3)}
        tiles = [questions_page(hiltje.key, closed=False, page=page) for page in range(3)]
        assert [(len(found), more) for found, more in tiles] == [(PAGE, True), (3, False), (0, False)]
        assert {tile.number for found, _ in tiles for tile in found} == asked
        lines = [messages_page(hiltje.key, page=page) for page in range(2)]
        assert [(len(found), more) for found, more in lines] == [(PAGE, True), (3, False)]
        assert {line.question for found, _ in lines for line in found} == asked

    def test_messages_of_all_channels_stand_in_one_list(self, hiltje: Actor) -> None:
        kcc = employee_with(Role.KCC)
        held = ask("Per mail.", by=hiltje, channel=Channel.EMAIL, subject="Stoep")
        answer(kcc, held.id, "Wij komen.", via=Channel.PHONE)
        ours, theirs = messages_page(hiltje.key)[0]
        assert (ours.begin, ours.channel, ours.new, ours.outgoing) == ("Wij komen.", "phone", True, False)
        assert (theirs.begin, theirs.channel, theirs.title, theirs.outgoing) == ("Per mail.", "email", "Stoep", True)
