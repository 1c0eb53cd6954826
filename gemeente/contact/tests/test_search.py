"""Searching in what was said: what is found, what is only counted, and what can't go wrong."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import Actor, ActorKind, Role
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import add_note, merge_questions
from gemeente.contact.commands.index import index_missing_texts
from gemeente.contact.models import ContactMoment, FollowUpTask, Question, SearchText
from gemeente.contact.queries import search
from gemeente.contact.queries.search import FoundTexts, TextFilter, search_texts
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.search_rules import BEGIN, END, marked, question_number, read_words, slices
from gemeente.contact.tests.talk import answer, ask, say
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.consumer import consume_batch
from gemeente.kernel.errors import TooMuch

NOON = datetime(2026, 2, 10, 12, tzinfo=AMSTERDAM)


def find(actor: Actor, words: str, *, after: str = "", **narrow: Any) -> FoundTexts:
    """Search as an employee does, after the worker did what waited."""
    while consume_batch():
        pass
    return search_texts(actor, words, narrow=TextFilter(**narrow), after=after)


def numbers(found: FoundTexts) -> list[str]:
    return [one.number for one in found.items]


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "all_of", "begun"),
        [
            ("paspoort", "'paspoort'", "'paspoort':*"),
            ("gele zak", "'gele' & 'zak'", ""),
            ('"gele zak" stoep', "'gele zak' & 'stoep'", "'gele zak' & 'stoep':*"),
            ('stoep "gele zakken"', "'stoep' & 'gele zakken'", ""),
            ("a & !b | (c:*)", "'a' & 'b' & 'c'", ""),
            ("foto's", "'foto’s'", "'foto’s':*"),
            ('"open', "'open'", "'open':*"),
        ],
    )
    def test_what_is_typed_is_read_as_words(self, typed: str, all_of: str, begun: str) -> None:
        query = read_words(typed)
        assert query is not None
        assert (query.all, query.begun) == (all_of, begun)

    @pytest.mark.parametrize("typed", ["", "  ", "!?&", '""', "' '"])
    def test_without_a_word_nothing_is_asked(self, typed: str) -> None:
        assert read_words(typed) is None

    @pytest.mark.parametrize(
        ("typed", "number"), [(" 2026-12071 ", "2026-12071"), ("2026-1", ""), ("vraag 2026-12071", "")]
    )
    def test_only_a_number_alone_is_the_number_of_a_question(self, typed: str, number: str) -> None:
        assert question_number(typed) == number

    @given(st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1), timezones=st.just(UTC)))
    def test_the_slices_join_without_a_gap_and_without_an_overlap(self, before: datetime) -> None:
        parts = slices(before=before)
        months = [month for part in parts for month in part.months.split(" | ") if month]
        assert len(months) == len(set(months)) == 12
        assert months == sorted(months, reverse=True)
        for part, older in pairwise(parts):
            last = part.months.split(" | ")[-1].strip("'@")
            assert f"{older.until.astimezone(AMSTERDAM):%Y-%m}" == last
            assert older.until.astimezone(AMSTERDAM).day == 1

    def test_no_slice_lies_before_the_first_date_asked_for(self) -> None:
        assert len(slices(before=NOON, since=NOON - timedelta(days=3))) == 1

    @given(st.lists(st.tuples(st.text("ab <&\n", min_size=1), st.booleans()), max_size=6))
    def test_a_marked_text_keeps_every_letter(self, pieces: list[tuple[str, bool]]) -> None:
        text = "".join(f"{BEGIN}{piece}{END}" if hit else piece for piece, hit in pieces)
        found = marked(text)
        assert "".join(piece for piece, _ in found) == "".join(piece for piece, _ in pieces)
        assert [piece for piece, hit in found if hit] == [piece for piece, hit in pieces if hit]


@pytest.mark.django_db
class TestFind:
    @pytest.fixture
    def kcc(self) -> Actor:
        return employee_with(Role.KCC)

    def test_it_works(self, kcc: Actor) -> None:
        stoep = ask("De stoep voor mijn huis ligt los, en ik viel over een tegel.")
        ask("Ik wil een paspoort.")
        (one,) = find(kcc, "stoep tegels").items
        assert one.number == stoep.number
        assert {piece for piece, hit in one.snippet if hit} == {"stoep", "tegel"}
        assert (one.direction, one.fits, one.internal) == ("in", True, False)

    @pytest.mark.parametrize(
        "words", ["paspoorten", "PASPOORT", "pasp", '"nieuw paspoort"', "een paspoort", "páspoort"]
    )
    def test_it_finds_stems_beginnings_and_phrases(self, kcc: Actor, words: str) -> None:
        asked = ask("Ik heb voor mijn dochter een nieuw paspoort nodig.")
        assert numbers(find(kcc, words)) == [asked.number]

    @pytest.mark.parametrize("words", ["rijbewijs", '"paspoort nieuw"', "paspoort rijbewijs", "oort"])
    def test_what_was_not_said_is_not_found(self, kcc: Actor, words: str) -> None:
        ask("Ik heb voor mijn dochter een nieuw paspoort nodig.")
        found = find(kcc, words)
        assert (found.items, found.elsewhere, found.understood) == ((), 0, True)

    def test_english_words_are_found_in_english_and_in_dutch_texts(self, kcc: Actor) -> None:
        english = ask(
            "Hello, I would like to know how parking permits work in this city, because we moved here last week."
        )
        dutch = ask("Ik zoek uit hoe het zit met permits, zo staat het op het bord.")
        assert english.language == "en"
        assert set(numbers(find(kcc, "permits"))) == {english.number, dutch.number}

    def test_words_may_stand_in_several_messages_and_the_best_one_is_shown(self, kcc: Actor) -> None:
        asked = ask("Mijn kapvergunning is zoek.", by=register_resident())
        answer(kcc, asked.id, "De eik mag weg.")
        (one,) = find(kcc, "eik kapvergunning").items
        assert one.direction == "out"
        assert ("eik", True) in one.snippet

    def test_a_note_for_colleagues_is_found_and_says_so(self, kcc: Actor) -> None:
        asked = ask()
        add_note(actor=kcc, question=asked.id, text="Gebeld met de wijkagent.")
        (one,) = find(kcc, "wijkagent").items
        assert (one.internal, one.who) == (True, kcc.name)

    @pytest.mark.parametrize("words", ["de", "het een", "the"])
    def test_words_that_stand_everywhere_are_said_to_tell_nothing(self, kcc: Actor, words: str) -> None:
        ask("Het is de vraag van een buurman.")
        found = find(kcc, words)
        assert (found.understood, found.items) == (False, ())

    def test_a_text_cannot_smuggle_marks_in(self, kcc: Actor) -> None:
        ask(f"Ik zoek {BEGIN}<b>mijn{END} zonnebloem</b>.")
        (one,) = find(kcc, "zonnebloem").items
        assert [piece for piece, hit in one.snippet if hit] == ["zonnebloem"]

    @given(words=st.text(max_size=60))
    def test_whatever_is_typed_gives_an_answer(self, words: str) -> None:
        search_texts(Actor(kind=ActorKind.EMPLOYEE, roles=frozenset({Role.KCC})), words, narrow=TextFilter())

    def test_pages_hold_each_question_once_the_newest_first(self, kcc: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(search, "AT_MOST", 2)
        asked = [ask(f"Mijn container {nth} is kapot.").number for nth in range(5)]
        shown, after = list[str](), ""
        while True:
            page = find(kcc, "container", after=after)
            shown += numbers(page)
            after = page.after
            if not after:
                break
        assert shown == asked[::-1]

    def test_questions_of_long_ago_are_found_too(self, kcc: Actor) -> None:
        asked = [ask("Mijn container is kapot.") for _ in range(5)]
        for days, question in zip((0, 40, 200, 700, 2000), asked, strict=True):
            Question.objects.filter(id=question.id).update(asked_at=question.asked_at - timedelta(days=days))
        assert numbers(find(kcc, "container")) == [one.number for one in asked]
        since = asked[0].asked_at - timedelta(days=201)
        assert numbers(find(kcc, "container", since=since)) == [one.number for one in asked[:3]]
        assert numbers(find(kcc, "container", before=since)) == [one.number for one in asked[3:]]

    def test_filters_narrow_it_down(self, kcc: Actor) -> None:
        asked = ask("Mijn container is kapot.")
        for name, good, bad in (
            ("team", asked.team, "wmo"),
            ("product", asked.product, "paspoort"),
            ("channel", asked.channel, "desk"),
            ("state", asked.state, "closed"),
        ):
            assert numbers(find(kcc, "container", **{name: good})) == [asked.number]
            assert numbers(find(kcc, "container", **{name: bad})) == []

    def test_what_is_said_later_is_found_too(self, kcc: Actor) -> None:
        asked = ask("Mijn container is kapot.")
        say("Er zit ook een egel in.", question=asked.id)
        assert numbers(find(kcc, "egel container")) == [asked.number]

    def test_what_was_put_together_is_found_where_it_stands_now(self, kcc: Actor) -> None:
        hiltje = register_resident()
        one, other = ask("Mijn container is kapot.", by=hiltje), ask("Er zit een egel in mijn tuin.", by=hiltje)
        assert numbers(find(kcc, "egel")) == [other.number]
        merge_questions(
            actor=kcc,
            question=one.id,
            other=other.id,
            seen_version=version_of(one.id),
            other_seen_version=version_of(other.id),
        )
        assert numbers(find(kcc, "egel")) == [one.number]

    def test_nobody_waits_for_the_index(self) -> None:
        asked = ask("Mijn container is kapot.")
        assert not SearchText.objects.filter(question=asked.id).exists()

    def test_at_most_three_statements(self, kcc: Actor, django_assert_max_num_queries: Any) -> None:
        ask("Mijn container is kapot.")
        find(kcc, "container")
        with django_assert_max_num_queries(3):
            search_texts(kcc, "contai", narrow=TextFilter())

    def test_a_search_that_takes_too_long_stops_and_says_what_to_do(
        self, kcc: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search, "SECONDS_AT_MOST", 0.001)
        monkeypatch.setattr(search, "statement", lambda *_: "SELECT true, 0, pg_sleep(%(limit)s)::text")
        with pytest.raises(TooMuch):
            search_texts(kcc, "container", narrow=TextFilter())


@pytest.mark.django_db
class TestWhoMaySee:
    def test_of_other_teams_only_the_number_of_questions_is_told(self) -> None:
        ask("Mijn container is kapot.", team="kcc")
        specialist = employee_with(Role.SPECIALIST, teams=("wmo",))
        found = find(specialist, "container")
        assert (found.items, found.elsewhere) == ((), 1)

    def test_ones_own_team_and_what_one_handles_oneself_is_shown(self) -> None:
        specialist = employee_with(Role.SPECIALIST, teams=("wmo",))
        ours, mine, other = (ask("Mijn container is kapot.", team=team) for team in ("wmo", "kcc", "kcc"))
        Question.objects.filter(id=mine.id).update(handler=specialist.id)
        found = find(specialist, "container")
        assert (set(numbers(found)), found.elsewhere) == ({ours.number, mine.number}, 1)
        assert other.number not in numbers(found)

    def test_a_team_that_was_asked_for_something_finds_the_question_while_its_task_is_open(self) -> None:
        asked, specialist = ask("Mijn container is kapot.", team="kcc"), employee_with(Role.SPECIALIST, teams=("wmo",))
        assert find(specialist, "container").items == ()
        task = FollowUpTask.objects.create(
            question=asked.id,
            team="wmo",
            asked="Kijk even mee.",
            asked_by=specialist.key,
            asked_by_name="",
            asked_at=asked.asked_at,
            due_at=asked.answer_due,
        )
        found = find(specialist, "container")
        assert (numbers(found), found.elsewhere) == ([asked.number], 0)
        FollowUpTask.objects.filter(id=task.id).update(state="done")
        assert find(specialist, "container").items == ()

    def test_a_question_that_moved_is_found_by_its_new_team_at_once(self) -> None:
        asked = ask("Mijn container is kapot.", team="kcc")
        specialist = employee_with(Role.SPECIALIST, teams=("wmo",))
        assert find(specialist, "container").items == ()
        Question.objects.filter(id=asked.id).update(team="wmo")
        assert numbers(search_texts(specialist, "container", narrow=TextFilter())) == [asked.number]


@pytest.mark.django_db
class TestIndex:
    def test_what_was_there_before_the_index_is_found_after_it_was_completed(self) -> None:
        kcc = employee_with(Role.KCC)
        asked = ask("Mijn container is kapot.")
        find(kcc, "container")
        SearchText.objects.all().delete()
        assert find(kcc, "container").items == ()
        assert index_missing_texts() == 1
        assert numbers(find(kcc, "container")) == [asked.number]
        assert index_missing_texts() == 0

    def test_a_thread_without_end_can_be_indexed(self) -> None:
        kcc = employee_with(Role.KCC)
        asked = ask("Ik heb een vraag. Mijn zonnebril is kapot.")
        first = ContactMoment.objects.get(question=asked.id)
        text = " ".join(f"woord{nth}" for nth in range(2_000))
        moments = [
            ContactMoment(
                question=asked.id,
                at=first.at + timedelta(days=nth),
                direction="in",
                channel="web",
                author_name="",
                text=text + f" laatste{nth}",
            )
            for nth in range(300)
        ]
        ContactMoment.objects.bulk_create(moments)
        assert numbers(find(kcc, "zonnebril")) == []
        assert numbers(find(kcc, "laatste299")) == [asked.number]

    def test_the_index_holds_no_name_of_the_asker_and_no_team(self) -> None:
        ask("Mijn container is kapot.", name="Zonderling")
        while consume_batch():
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT words::text FROM contact_searchtext")
            ((words,),) = cursor.fetchall()
        assert "zonderling" not in words
        assert "kcc" not in words
