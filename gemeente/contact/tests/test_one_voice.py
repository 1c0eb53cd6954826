"""One voice: who writes to a resident first sees what that resident heard from us today (R29)."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import ANONYMOUS, Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact import commands
from gemeente.contact.models import HistoryEntry
from gemeente.contact.one_voice_rules import Clash, Words, clashes
from gemeente.contact.queries.one_voice import heard_lately
from gemeente.contact.tests.talk import MACHINE, answer, ask, say, sent_about
from gemeente.contact.types import NewPromise, PromiseKind
from gemeente.kernel import clock

TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
QUESTION, OTHER = uuid4(), uuid4()


def words(text: str, *, question: object = QUESTION, product: str = "paspoort", later: int = 0) -> Words:
    return Words(question=question, product=product, text=text, at=TUESDAY + timedelta(hours=later))  # type: ignore[arg-type]  # an id


class TestClashes:
    @pytest.mark.parametrize(
        ("now", "earlier", "found"),
        [
            ("Wij komen donderdag.", "Wij komen vrijdag.", (Clash.OTHER_DATE, Clash.SAME_QUESTION)),
            ("Wij komen op 26 november.", "Wij komen donderdag.", (Clash.SAME_QUESTION,)),
            ("Wij komen donderdag.", "Dank voor uw bericht.", (Clash.SAME_QUESTION,)),
        ],
    )
    def test_another_date_in_one_question_contradicts(self, now: str, earlier: str, found: tuple[Clash, ...]) -> None:
        assert clashes(words(now), words(earlier)) == found

    def test_two_questions_about_two_things_may_have_two_dates(self) -> None:
        earlier = words("Wij komen vrijdag.", question=OTHER, product="afval")
        assert clashes(words("Wij komen donderdag."), earlier) == ()

    def test_one_product_in_two_questions_counts(self) -> None:
        earlier = words("Wij bellen u vrijdag.", question=OTHER)
        assert clashes(words("Wij bellen u donderdag."), earlier) == (Clash.OTHER_DATE, Clash.SAME_PRODUCT)

    def test_the_same_words_repeat_whatever_they_are_about(self) -> None:
        said = "Uw afvalcontainer wordt morgen vervangen door onze monteur."
        earlier = words(f"Goed nieuws. {said}", question=OTHER, product="afval")
        assert Clash.SAME_WORDS in clashes(words(said), earlier)

    def test_a_short_thanks_is_no_repeat(self) -> None:
        assert clashes(words("Graag gedaan."), words("Graag gedaan.", question=OTHER, product="afval")) == ()

    @given(text=st.text(max_size=200), other=st.text(max_size=200))
    def test_any_words_are_compared_and_both_ways_round_alike(self, text: str, other: str) -> None:
        assert clashes(words(text), words(other)) == clashes(words(other), words(text))


@pytest.mark.django_db
class TestHeardLately:
    @pytest.fixture(autouse=True)
    def on_a_tuesday(self) -> Iterator[None]:
        with clock.told_at(TUESDAY):
            yield

    @pytest.fixture
    def hiltje(self) -> Actor:
        return register_resident(email="hiltje@voorbeeld.nl")

    @pytest.fixture
    def jan(self) -> Actor:
        return employee_with(Role.KCC, username="jan")

    @pytest.fixture
    def noor(self) -> Actor:
        return employee_with(Role.SPECIALIST, teams=("schuldhulp",), username="noor")

    def test_it_works(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        answer(jan, first.id, "Wij komen vrijdag.")
        (heard,) = heard_lately(jan, question=second.id, text="Wij komen donderdag.")
        assert (heard.who, heard.at, heard.number, heard.text) == (
            jan.name,
            TUESDAY,
            first.number,
            "Wij komen vrijdag.",
        )

    def test_another_teams_words_stay_theirs_yet_their_clash_is_told(
        self, hiltje: Actor, jan: Actor, noor: Actor
    ) -> None:
        theirs, mine = ask(by=hiltje), ask(by=hiltje, team="schuldhulp")
        answer(jan, theirs.id, "Uw bijstand stopt over twee weken helaas definitief.")
        (heard,) = heard_lately(noor, question=mine.id, text="Uw bijstand stopt over twee weken helaas definitief.")
        assert (heard.text, heard.title, heard.number, heard.who) == ("", "", "", jan.name)
        assert heard.clash == Clash.SAME_WORDS

    def test_only_of_the_last_day(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        answer(jan, first.id)
        for later, count in ((timedelta(hours=23, minutes=59), 1), (timedelta(hours=24), 0)):
            with clock.told_at(TUESDAY + later):
                assert len(heard_lately(jan, question=second.id, text="Ja.")) == count

    def test_what_they_answered_to_is_talk(self, hiltje: Actor, jan: Actor) -> None:
        held = ask(by=hiltje)
        answer(jan, held.id, "Waar is het?")
        assert len(heard_lately(jan, question=held.id, text="Dank.")) == 1
        with clock.told_at(TUESDAY + timedelta(minutes=5)):
            say("In de Korreweg.", by=hiltje, question=held.id)
            assert heard_lately(jan, question=held.id, text="Dank.") == []

    def test_notes_and_others_are_not_what_this_resident_heard(self, hiltje: Actor, jan: Actor) -> None:
        held, other = ask(by=hiltje), ask(by=register_resident(given="Jelle"))
        unknown = ask(by=ANONYMOUS)
        commands.add_note(actor=jan, question=held.id, text="Alleen voor ons.")
        answer(jan, other.id)
        assert heard_lately(jan, question=held.id, text="Ja.") == []
        assert heard_lately(jan, question=unknown.id, text="Ja.") == []

    def test_what_was_sent_all_the_same_is_kept_with_it(self, hiltje: Actor, jan: Actor) -> None:
        first, second = ask(by=hiltje), ask(by=hiltje)
        seen = answer(jan, first.id)
        moment = commands.answer_question(
            actor=jan, question=second.id, text="Toch.", via=Channel.WEB, seen_version=0, seen_first=seen
        )
        entry = HistoryEntry.objects.get(question=second.id, kind="despite")
        assert (entry.data, entry.words) == (
            {"seen": str(seen), "moment": str(moment)},
            f"Zag eerst het bericht van {jan.name}.",
        )

    def test_broken_promises_of_one_question_make_one_apology_a_day(self, hiltje: Actor, jan: Actor) -> None:
        held = ask(by=hiltje)
        for what, hours in (("Ik bel u", 2), ("Ik stuur de brief", 2), ("Ik kom langs", 4)):
            due = TUESDAY + timedelta(hours=hours)
            promise = NewPromise(words=what, kind=PromiseKind.OTHER, due_at=due)
            commands.make_promise(actor=jan, question=held.id, promise=promise)
        for hours in (3, 5):
            with clock.told_at(TUESDAY + timedelta(hours=hours)):
                commands.note_broken_promises(actor=MACHINE)
        (sorry,) = [one for one in sent_about(held.id) if one.once.startswith("sorry:")]
        assert "Ik bel u" in sorry.text
        assert "Ik stuur de brief" in sorry.text
