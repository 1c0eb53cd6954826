"""One timeline over all channels, newest first, in pages; what is for colleagues stays with them (V80)."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from gemeente.access.types import Role
from gemeente.channels.types import Channel, NewFile
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import add_note, change_urgency, reopen_question, take_up_question
from gemeente.contact.models import ContactMoment, HistoryEntry
from gemeente.contact.queries.timeline import PAGE, timeline
from gemeente.contact.tests.talk import answer, ask, close, say
from gemeente.contact.types import TimelineItem, Urgency
from gemeente.kernel import clock
from gemeente.kernel.ids import new_id

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


def moments(question: UUID, minutes: Iterable[int], *, internal: bool = False) -> None:
    ContactMoment.objects.bulk_create(
        ContactMoment(
            question=question,
            at=TUESDAY + timedelta(minutes=minute),
            direction="in",
            channel="web",
            author_name="Hiltje",
            text=f"Woord {nth}",
            internal=internal,
        )
        for nth, minute in enumerate(minutes)
    )


def walk(question: UUID, *, for_resident: bool = False) -> list[list[TimelineItem]]:
    """Return all pages of a thread, from the newest."""
    pages: list[list[TimelineItem]] = []
    before: datetime | None = None
    while True:
        items, before = timeline(question, for_resident=for_resident, before=before)
        pages.append(list(items))
        if before is None:
            return pages


class TestPages:
    @pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 7])
    def test_together_they_hold_each_item_once_in_order(self, count: int) -> None:
        question = new_id()
        moments(question, range(count))
        pages = walk(question)
        words = [item.text for page in pages for item in page]
        assert words == [f"Woord {nth}" for nth in reversed(range(count))]
        assert all(len(page) <= PAGE for page in pages)

    @given(st.lists(st.integers(0, 60), max_size=130))
    @settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_what_happened_at_one_moment_stays_together(self, minutes: list[int]) -> None:
        question = new_id()
        moments(question, minutes)
        items = [item for page in walk(question) for item in page]
        assert sorted(item.text for item in items) == sorted(f"Woord {nth}" for nth in range(len(minutes)))
        assert [item.at for item in items] == sorted((item.at for item in items), reverse=True)

    def test_moments_and_steps_share_the_pages(self) -> None:
        question = new_id()
        moments(question, range(0, 100, 2))
        HistoryEntry.objects.bulk_create(
            HistoryEntry(question=question, at=TUESDAY + timedelta(minutes=minute), kind="taken_up", actor_name="Jan")
            for minute in range(1, 100, 2)
        )
        kinds = [item.kind for page in walk(question, for_resident=True) for item in page]
        assert kinds == ["taken_up", "moment"] * 50

    def test_notes_for_colleagues_do_not_thin_out_a_residents_page(self) -> None:
        question = new_id()
        moments(question, range(PAGE))
        moments(question, range(PAGE, 5 * PAGE), internal=True)
        (page,) = walk(question, for_resident=True)
        assert len(page) == PAGE

    @pytest.mark.parametrize("count", [1, 3 * PAGE])
    def test_one_statement_however_long_the_thread(
        self, django_assert_num_queries: DjangoAssertNumQueries, count: int
    ) -> None:
        question = new_id()
        moments(question, range(count))
        with django_assert_num_queries(1):
            timeline(question, for_resident=False)


class TestWhatIsSeen:
    def test_all_channels_stand_in_one_story(self) -> None:
        hiltje = register_resident()
        held = ask("Maandag, per mail.", by=hiltje, channel=Channel.EMAIL)
        for text, channel in (("Dinsdag, gebeld.", Channel.PHONE), ("Woensdag, balie.", Channel.DESK)):
            say(text, by=hiltje, channel=channel, question=held.id)
        items, _ = timeline(held.id, for_resident=True)
        assert [(item.text, item.channel) for item in items] == [
            ("Woensdag, balie.", "desk"),
            ("Dinsdag, gebeld.", "phone"),
            ("Maandag, per mail.", "email"),
        ]

    def test_the_resident_sees_our_steps_but_not_our_routing_and_notes(self) -> None:
        kcc, hiltje = employee_with(Role.KCC), register_resident()
        held = ask(by=hiltje, channel=Channel.PHONE, taken_by=kcc.id)
        take_up_question(actor=kcc, question=held.id)
        add_note(actor=kcc, question=held.id, text="Voor collega’s.")
        change_urgency(actor=kcc, question=held.id, to=Urgency.TODAY, reason="Er is iemand gevallen")
        close(kcc, held.id)
        reopen_question(actor=hiltje, question=held.id, words="")
        seen = {item.kind for item in timeline(held.id, for_resident=True)[0]}
        assert seen == {"moment", "taken_up", "urgency", "closed", "reopened"}
        ours = timeline(held.id, for_resident=False)[0]
        assert {item.kind for item in ours} == seen | {"asked", "noted"}
        assert any(item.internal for item in ours)

    def test_what_is_new_is_ours_and_unread(self) -> None:
        kcc, hiltje = employee_with(Role.KCC), register_resident()
        held = ask(by=hiltje)
        answer(kcc, held.id)
        add_note(actor=kcc, question=held.id, text="Voor collega’s.")
        new = [item.text for item in timeline(held.id, for_resident=False)[0] if item.new]
        assert new == ["Wij komen morgen kijken."]

    def test_files_stand_with_the_moment_that_they_came_with(self) -> None:
        photos = tuple(NewFile(name=f"{n}.png", content_type="image/png", content=bytes(n)) for n in (1, 2))
        hiltje = register_resident()
        held = ask(by=hiltje, files=photos)
        say("Zonder foto.", by=hiltje, question=held.id)
        items, _ = timeline(held.id, for_resident=True)
        assert [[file.name for file in item.files] for item in items] == [[], ["1.png", "2.png"]]
        assert [file.size for file in items[1].files] == [1, 2]

    def test_another_question_is_another_timeline(self) -> None:
        hiltje = register_resident()
        first, second = ask("Eerste.", by=hiltje), ask("Tweede.", by=hiltje)
        assert [item.text for item in timeline(first.id, for_resident=True)[0]] == ["Eerste."]
        assert [item.text for item in timeline(second.id, for_resident=True)[0]] == ["Tweede."]

    def test_moments_are_aware_and_exact(self) -> None:
        at = TUESDAY + timedelta(microseconds=123_456)
        with clock.told_at(at):
            held = ask()
        assert timeline(held.id, for_resident=True)[0][0].at == at
