"""Colleagues around one question: who has it open, who was called in, who follows it."""

from datetime import timedelta
from uuid import UUID

import pytest

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with
from gemeente.contact.commands import add_note, answer_question, follow_question, leave_question, save_draft
from gemeente.contact.commands.company import forget_presence
from gemeente.contact.models import ContactMoment, Draft, Mention, Presence, Question
from gemeente.contact.queries.company import keep_company
from gemeente.contact.queries.for_me import for_me
from gemeente.contact.queries.queue import queue_of
from gemeente.contact.queries.workspace import conversation, version_of
from gemeente.contact.tests.talk import ask
from gemeente.kernel import clock
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def aisha() -> Actor:
    return employee_with(Role.KCC, username="aisha")


@pytest.fixture
def bram() -> Actor:
    return employee_with(Role.KCC, username="bram")


@pytest.fixture
def held() -> Question:
    return ask(channel=Channel.PHONE)


def names(actor: Actor, question: UUID) -> list[tuple[str, bool]]:
    return [(one.name, one.writing_since is not None) for one in keep_company(actor.key, question)]


class TestCompany:
    def test_who_opens_it_is_seen_by_the_next(self, aisha: Actor, bram: Actor, held: Question) -> None:
        assert conversation(aisha, held.number).company == ()
        (seen,) = conversation(bram, held.number).company
        assert (seen.name, seen.writing_since) == (aisha.name, None)

    def test_who_writes_is_seen_writing(self, aisha: Actor, bram: Actor, held: Question) -> None:
        conversation(aisha, held.number)
        save_draft(actor=aisha, question=held.id, text="Beste")
        assert names(bram, held.id) == [(aisha.name, True)]

    def test_an_empty_draft_is_no_writing(self, aisha: Actor, bram: Actor, held: Question) -> None:
        save_draft(actor=aisha, question=held.id, text="")
        assert names(bram, held.id) == []

    def test_after_two_minutes_of_silence_one_is_gone(self, aisha: Actor, bram: Actor, held: Question) -> None:
        conversation(aisha, held.number)
        with clock.told_at(clock.now() + timedelta(seconds=121)):
            assert names(bram, held.id) == []

    def test_who_leaves_is_gone(self, aisha: Actor, bram: Actor, held: Question) -> None:
        conversation(aisha, held.number)
        leave_question(actor=aisha, question=held.id)
        assert names(bram, held.id) == []

    def test_who_may_not_open_it_leaves_no_trace(self, held: Question) -> None:
        other = employee_with(Role.SPECIALIST, teams=("wegen",))
        with pytest.raises(NotAllowed):
            conversation(other, held.number)
        assert not Presence.objects.filter(employee=other.key).exists()

    def test_it_is_forgotten(self, aisha: Actor, held: Question) -> None:
        conversation(aisha, held.number)
        with clock.told_at(clock.now() + timedelta(hours=1)):
            assert forget_presence() == 1


def test_a_draft_that_arrives_after_the_answer_is_no_draft(aisha: Actor, held: Question) -> None:
    answer_question(
        actor=aisha, question=held.id, text="Wij komen.", via=Channel.PHONE, seen_version=version_of(held.id)
    )
    save_draft(actor=aisha, question=held.id, text="Wij komen.")
    assert not Draft.objects.exists()


def test_who_sends_what_a_colleague_just_sent_is_told_so(aisha: Actor, bram: Actor, held: Question) -> None:
    seen = version_of(held.id)
    answer_question(actor=aisha, question=held.id, text="Wij komen.", via=Channel.PHONE, seen_version=seen)
    with pytest.raises(Conflict, match="ditzelfde antwoord"):
        answer_question(actor=bram, question=held.id, text="Wij komen.", via=Channel.PHONE, seen_version=seen)
    assert ContactMoment.objects.filter(question=held.id, direction="out").count() == 1


class TestCalledIn:
    @pytest.fixture
    def outsider(self) -> Actor:
        return employee_with(Role.SPECIALIST, teams=("wegen",), username="outsider")

    def test_who_is_called_by_name_may_read_and_note_and_no_more(
        self, aisha: Actor, outsider: Actor, held: Question
    ) -> None:
        add_note(actor=aisha, question=held.id, text=f"Vraagje @{outsider.name}, weet jij dit?")
        assert [one.number for one in for_me(outsider)[0]] == [held.number]
        assert conversation(outsider, held.number).mentioned
        assert for_me(outsider)[0] == []
        add_note(actor=outsider, question=held.id, text="Ja.")
        with pytest.raises(NotAllowed):
            save_draft(actor=outsider, question=held.id, text="Beste")

    def test_nobody_else_may(self, aisha: Actor, outsider: Actor, held: Question) -> None:
        add_note(actor=aisha, question=held.id, text="Mail naar iemand@medewerker.nl")
        with pytest.raises(NotAllowed):
            conversation(outsider, held.number)
        with pytest.raises(NotAllowed):
            add_note(actor=outsider, question=held.id, text="Ja.")

    def test_oneself_is_not_called(self, aisha: Actor, held: Question) -> None:
        add_note(actor=aisha, question=held.id, text=f"@{aisha.name} niet vergeten.")
        assert not Mention.objects.exists()

    def test_a_name_of_several_people_is_asked_again(self, aisha: Actor, outsider: Actor, held: Question) -> None:
        with pytest.raises(DomainError):
            add_note(actor=aisha, question=held.id, text="@Medewerker kun jij dit?")
        assert not Mention.objects.exists()


class TestFollowed:
    def test_it_stands_in_its_own_row_until_one_stops(self, aisha: Actor, held: Question) -> None:
        for _ in range(2):
            follow_question(actor=aisha, question=held.id, follow=True)
        found = queue_of(aisha, row="followed")
        assert ([one.number for one in found.items], found.counts["followed"]) == ([held.number], 1)
        follow_question(actor=aisha, question=held.id, follow=False)
        assert queue_of(aisha, row="followed").items == ()

    def test_another_teams_is_not_followed(self, held: Question) -> None:
        with pytest.raises(NotAllowed):
            follow_question(actor=employee_with(Role.SPECIALIST, teams=("wegen",)), question=held.id, follow=True)
