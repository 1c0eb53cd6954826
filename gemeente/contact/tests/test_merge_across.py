"""Across two people: nobody reads what another wrote, and a mail by itself opens nothing (V10, V78)."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings

from gemeente.access.types import ANONYMOUS, Actor, ActorKind, Role
from gemeente.audit.models import Entry
from gemeente.channels.mail.reply_address import make_reply_address
from gemeente.channels.mail.tests.samples import mail
from gemeente.channels.sender import reply_key
from gemeente.channels.types import Channel
from gemeente.config.tests.people import ADMINISTRATOR, employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import Question
from gemeente.contact.queries.home import home_of
from gemeente.contact.queries.portal import messages_page, question_page, questions_page
from gemeente.contact.queries.workspace import conversation
from gemeente.contact.tests.talk import answer, arrive, ask, close, moment_of, sent_about
from gemeente.contact.tests.talk import question_of as opened_by
from gemeente.contact.tests.test_merge import TUESDAY, merge, row, words_in
from gemeente.contact.types import NewPromise, PromiseKind, QuestionState
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError, NotFound
from gemeente.residents.commands import register_address, register_party
from gemeente.residents.types import AddressKind, NewParty, PartyKind

pytestmark = pytest.mark.django_db
HILTJE = "hiltje@voorbeeld.nl"


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(TUESDAY):
        yield


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email=HILTJE)


@pytest.fixture
def jan() -> Actor:
    return employee_with(Role.KCC, username="jan")


def housemate(of: Actor, *, given: str = "Jelle") -> Actor:
    """Return somebody who lives with this resident."""
    house = uuid4()
    party = register_party(
        actor=ADMINISTRATOR, party=NewParty(id=of.id, kind=PartyKind.PERSON, given_names="Hiltje", household=house)
    )
    assert party == of.id
    other = register_party(
        actor=ADMINISTRATOR, party=NewParty(kind=PartyKind.PERSON, given_names=given, household=house)
    )
    register_address(
        actor=ADMINISTRATOR, party=other, kind=AddressKind.EMAIL, value="jelle@voorbeeld.nl", evidence="bevestigd"
    )
    return Actor(kind=ActorKind.RESIDENT, id=other, name=given)


class TestAcrossTwoPeople:
    def test_two_residents_of_two_houses_never(self, hiltje: Actor, jan: Actor) -> None:
        other = register_resident(given="Jelle")
        mine, theirs = ask(by=hiltje), ask(by=other)
        with pytest.raises(DomainError, match="twee inwoners"):
            merge(jan, mine, theirs, agreed=True)

    def test_a_mail_of_somebody_unknown_goes_in_after_a_yes(self, hiltje: Actor, jan: Actor) -> None:
        known, unknown = ask(by=hiltje), ask("Ik weer.", by=ANONYMOUS, channel=Channel.PHONE)
        with pytest.raises(DomainError, match="vinkje"):
            merge(jan, known, unknown)
        merge(jan, known, unknown, agreed=True)
        assert "Ik weer." in [line.begin for line in messages_page(hiltje.key)[0]]

    def test_what_we_know_of_never_goes_to_somebody_unknown(self, hiltje: Actor, jan: Actor) -> None:
        known, unknown = ask(by=hiltje), ask(by=ANONYMOUS, email="iemand@elders.example")
        with pytest.raises(DomainError, match="niet zeker wie"):
            merge(jan, unknown, known, agreed=True)

    def test_one_unverified_address_is_one_asker(self, jan: Actor) -> None:
        first, second = (ask(by=ANONYMOUS, email=one) for one in ("Iemand@elders.example", "iemand@elders.example"))
        merge(jan, first, second)
        assert row(second).merged_into == first.id

    def test_the_stranger_hears_where_the_answer_goes_and_nothing_else(self, hiltje: Actor, jan: Actor) -> None:
        known = ask(by=hiltje, subject="Mijn uitkering")
        unknown = ask(by=ANONYMOUS, email="iemand@elders.example", subject="Vraagje")
        merge(jan, known, unknown, agreed=True)
        letter = sent_about(unknown.id)[-1]
        assert letter.to_address == "iemand@elders.example"
        assert "Ons antwoord gaat naar wie die andere vraag stelde." in letter.text
        assert not {"uitkering", known.number, "Hiltje"} & set(letter.text.replace("”", " ").split())

    def test_a_later_mail_of_the_stranger_is_marked(self, hiltje: Actor, jan: Actor) -> None:
        known = ask(by=hiltje)
        unknown = opened_by(arrive(mail("Vraag.", **{"from": "iemand@elders.example"})))
        merge(jan, known, unknown, agreed=True)
        old = make_reply_address(settings.MAIL_ADDRESS, unknown.id, reply_key())
        taken = arrive(mail("Nog iets.", message_id="<2@x>", to=old, **{"from": "iemand@elders.example"}))
        assert (taken.question, moment_of(taken).sender_unknown) == (known.id, True)


class TestWithinOneHouse:
    @pytest.fixture
    def jelle(self, hiltje: Actor) -> Actor:
        return housemate(hiltje)

    @pytest.fixture
    def both(self, hiltje: Actor, jelle: Actor, jan: Actor) -> tuple[Question, Question]:
        hers = ask("Onze container is stuk.", by=hiltje, subject="Container")
        his = ask("Er is iets met de container, en ik ben ziek.", by=jelle, subject="Kapotte bak")
        answer(jan, his.id, "Beterschap.")
        with pytest.raises(DomainError, match="vinkje"):
            merge(jan, hers, his)
        merge(jan, hers, his, agreed=True)
        return hers, his

    def test_colleagues_read_all_in_one_thread(self, both: tuple[Question, Question], jan: Actor) -> None:
        found = conversation(jan, both[1].number)
        assert found.tile.number == both[0].number
        assert len([item for item in found.timeline if item.kind == "moment"]) == 3

    def test_neither_reads_what_the_other_wrote(
        self, both: tuple[Question, Question], hiltje: Actor, jelle: Actor, jan: Actor
    ) -> None:
        hers, his = both
        answer(jan, hers.id, "De container komt morgen, mevrouw.")
        page = question_page(hiltje.key, hers.number)
        assert {item.text for item in page.timeline if item.kind == "moment"} == {
            "Onze container is stuk.",
            "De container komt morgen, mevrouw.",
        }
        assert not any("Kapotte bak" in item.text or his.number in item.text for item in page.timeline)
        page = question_page(jelle.key, his.number)
        assert page.tile.number == his.number
        assert {item.text for item in page.timeline if item.kind == "moment"} == {
            "Er is iets met de container, en ik ben ziek.",
            "Beterschap.",
        }
        with pytest.raises(NotFound):
            question_page(jelle.key, hers.number)

    def test_each_keeps_their_own_number_in_their_inbox_and_on_their_home(
        self, both: tuple[Question, Question], hiltje: Actor, jelle: Actor
    ) -> None:
        hers, his = both
        for who, own in ((hiltje, hers), (jelle, his)):
            assert {line.question for line in messages_page(who.key)[0]} == {own.number}
            assert {(line.question, line.title) for line in home_of(who.key).lines} == {(own.number, own.title)}
        assert [tile.number for tile in questions_page(jelle.key, closed=True, page=0)[0]] == [his.number]

    def test_what_one_writes_later_is_theirs_and_wakes_the_question(
        self, both: tuple[Question, Question], hiltje: Actor, jelle: Actor, jan: Actor
    ) -> None:
        hers, his = both
        close(jan, hers.id)
        old = make_reply_address(settings.MAIL_ADDRESS, his.id, reply_key())
        taken = arrive(mail("Hij is er niet.", to=old, **{"from": "jelle@voorbeeld.nl"}))
        assert (taken.question, moment_of(taken).party, moment_of(taken).sender_unknown) == (hers.id, jelle.id, False)
        assert row(hers).state == QuestionState.WORKING
        assert "Hij is er niet." not in {item.text for item in question_page(hiltje.key, hers.number).timeline}
        assert "Hij is er niet." in {item.text for item in question_page(jelle.key, his.number).timeline}

    def test_reading_on_marks_only_ones_own(
        self, both: tuple[Question, Question], jelle: Actor, hiltje: Actor, jan: Actor
    ) -> None:
        answer(jan, both[0].id, "Voor mevrouw.")
        assert commands.read_messages(actor=jelle, question=question_page(jelle.key, both[1].number).thread) == 1
        assert home_of(hiltje.key).unread == 1

    def test_V78_each_sees_in_the_log_that_it_was_done(
        self, both: tuple[Question, Question], hiltje: Actor, jelle: Actor
    ) -> None:
        for who in (hiltje, jelle):
            assert Entry.objects.filter(subject=who.id, action="merge_questions").count() == 1

    def test_not_while_the_other_is_owed_something(self, hiltje: Actor, jelle: Actor, jan: Actor) -> None:
        hers, his = ask(by=hiltje), ask(by=jelle)
        call = NewPromise(words="Ik bel u", kind=PromiseKind.CALL_BACK, due_at=TUESDAY + timedelta(days=2))
        commands.make_promise(actor=jan, question=his.id, promise=call)
        with pytest.raises(DomainError, match="belofte"):
            merge(jan, hers, his, agreed=True)

    def test_undone_each_has_their_own_again(self, both: tuple[Question, Question], jelle: Actor, jan: Actor) -> None:
        hers, his = both
        commands.undo_merge(actor=jan, question=hers.id, merged=his.id)
        assert words_in(his) == ["Er is iets met de container, en ik ben ziek.", "Beterschap."]
        assert [tile.number for tile in home_of(jelle.key).tiles] == [his.number]
        assert "Ons antwoord komt bij u." in sent_about(his.id)[-1].text
