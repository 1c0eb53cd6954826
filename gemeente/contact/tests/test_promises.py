"""Promises in drafts: what counts, and how each way of saying a date is read."""

import string
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.promises import find_promises, local
from gemeente.contact.types import PromiseKind

WEDNESDAY = "2026-11-25T10:00"
DATES = [
    ("dinsdag", WEDNESDAY, "2026-12-01T23:59:59+01:00"),
    ("woensdag", WEDNESDAY, "2026-12-02T23:59:59+01:00"),
    ("volgende week dinsdag", "2026-11-23T10:00", "2026-12-01T23:59:59+01:00"),
    ("dinsdag over een week", WEDNESDAY, "2026-12-08T23:59:59+01:00"),
    ("vóór 3 december", WEDNESDAY, "2026-12-02T23:59:59+01:00"),
    ("vo\u0301o\u0301r 3 december", WEDNESDAY, "2026-12-02T23:59:59+01:00"),
    ("uiterlijk 3 december", WEDNESDAY, "2026-12-03T23:59:59+01:00"),
    ("binnen twee weken", WEDNESDAY, "2026-12-09T23:59:59+01:00"),
    ("over twee weken", "2026-11-28T10:00", "2026-12-12T23:59:59+01:00"),
    ("binnen twee werkdagen", "2026-08-26T14:00", "2026-08-31T23:59:59+02:00"),
    ("binnen 10 werkdagen", WEDNESDAY, "2026-12-09T23:59:59+01:00"),
    ("voor het weekend", WEDNESDAY, "2026-11-27T23:59:59+01:00"),
    ("eind van de week", WEDNESDAY, "2026-11-27T23:59:59+01:00"),
    ("in week 48", "2026-11-20T10:00", "2026-11-27T23:59:59+01:00"),
    ("begin van de week", "2026-11-23T10:00", "2026-11-24T23:59:59+01:00"),
    ("begin van de maand", "2026-12-01T10:00", "2026-12-10T23:59:59+01:00"),
    ("medio december", WEDNESDAY, "2026-12-15T23:59:59+01:00"),
    ("eind van de maand", WEDNESDAY, "2026-11-30T23:59:59+01:00"),
    ("vanochtend", WEDNESDAY, "2026-11-25T12:00:00+01:00"),
    ("vanmiddag", WEDNESDAY, "2026-11-25T18:00:00+01:00"),
    ("vanavond", WEDNESDAY, "2026-11-25T23:59:59+01:00"),
    ("morgen om half drie", WEDNESDAY, "2026-11-26T14:30:00+01:00"),
    ("morgen tussen 14 en 16 uur", WEDNESDAY, "2026-11-26T16:00:00+01:00"),
    ("binnen 24 uur", "2026-10-24T12:00", "2026-10-25T11:00:00+01:00"),
    ("binnen 24 uur", "2026-03-28T12:00", "2026-03-29T13:00:00+02:00"),
    ("z.s.m.", WEDNESDAY, None),
    ("binnenkort", WEDNESDAY, None),
    ("na de feestdagen", WEDNESDAY, None),
    ("maandag 4 januari", "2026-12-31T11:00", "2027-01-04T23:59:59+01:00"),
    ("dinsdag 3 december", WEDNESDAY, None),
]
ENGLISH_DATES = [
    ("on Tuesday", "2026-12-01T23:59:59+01:00"),
    ("a week on Tuesday", "2026-12-08T23:59:59+01:00"),
    ("before 3 December", "2026-12-02T23:59:59+01:00"),
    ("by 3 December", "2026-12-03T23:59:59+01:00"),
    ("no later than December 3rd", "2026-12-03T23:59:59+01:00"),
    ("within two weeks", "2026-12-09T23:59:59+01:00"),
    ("tomorrow at half past two", "2026-11-26T14:30:00+01:00"),
]
NO_PROMISES = [
    "U moet het formulier vóór 3 december terugsturen.",
    "Ik heb u dinsdag gebeld.",
    "Meestal beslissen wij binnen acht weken.",
    "Wij bellen u dinsdag niet.",
    "Zal ik u dinsdag bellen?",
    "Als u wilt, bel ik u morgen.",
    "Wij zouden u dan dinsdag bellen.",
    "Wij zijn dinsdag open tot 17 uur.",
    "Uw afspraak aan de balie is dinsdag om 10 uur.",
    "Hierbij stuur ik u de brief.",
    "Kim, kun jij mevrouw dinsdag bellen?",
    'U schreef: "ik bel u dinsdag".',
    "Het restafval wordt elke dinsdag opgehaald.",
    "De politie belt u dinsdag.",
]


def dues(draft: str, written_at: str = WEDNESDAY) -> list[str | None]:
    found = find_promises(draft, written=local(written_at))
    return [promise.due.isoformat() if promise.due else None for promise in found]


@pytest.mark.parametrize(("said", "written_at", "due"), DATES)
def test_each_dutch_way_of_saying_a_date(said: str, written_at: str, due: str | None) -> None:
    assert dues(f"Ik bel u {said} terug.", written_at) == [due]


@pytest.mark.parametrize(("said", "due"), ENGLISH_DATES)
def test_each_english_way_of_saying_a_date(said: str, due: str) -> None:
    assert dues(f"I will call you {said}.") == [due]


@pytest.mark.parametrize("draft", NO_PROMISES)
def test_what_is_no_promise_is_not_found(draft: str) -> None:
    assert dues(draft) == []


def test_a_promise_keeps_its_words_its_act_and_who() -> None:
    [promise] = find_promises(
        "Beste heer Bos,\nMijn collega Sanne belt u dinsdag.\nGroet, Jan", written=local(WEDNESDAY)
    )
    assert promise.quote == "Mijn collega Sanne belt u dinsdag"
    assert promise.who == "mijn collega Sanne"
    assert promise.action is PromiseKind.CALL_BACK


def test_a_conditional_promise_keeps_its_condition_and_no_date() -> None:
    [promise] = find_promises("Als u de foto's stuurt, beslissen wij binnen een week.", written=local(WEDNESDAY))
    assert (promise.condition, promise.due) == ("Als u de foto's stuurt", None)


def test_one_sentence_may_promise_twice() -> None:
    assert dues("Ik stuur u morgen de brief en bel u dinsdag.") == [
        "2026-11-26T23:59:59+01:00",
        "2026-12-01T23:59:59+01:00",
    ]


WORDS = st.sampled_from(
    'ik wij u bel bellen stuur dinsdag morgen vóór 3 31 februari december week binnen 99 999 uur jaar als en , . " ?'.split()
)
MOMENTS = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2035, 1, 1)).map(datetime.isoformat)


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=60).map(" ".join)), MOMENTS)
def test_any_text_is_read_and_no_promise_is_due_before_it_was_written(text: str, written_at: str) -> None:
    written = local(written_at)
    for promise in find_promises(text, written=written):
        assert promise.quote in text
        assert promise.due is None or promise.due >= written


@given(st.sampled_from([said for said, _, _ in DATES]), st.text(string.ascii_uppercase, min_size=3, max_size=9))
def test_a_greeting_and_a_signature_change_nothing(said: str, name: str) -> None:
    draft = f"Ik bel u {said} terug."
    assert dues(f"Beste mevrouw {name},\n\n{draft}\n\nMet vriendelijke groet,\n{name}") == dues(draft)


def test_a_very_long_draft_is_bounded() -> None:
    assert len(dues("Ik bel u dinsdag. " * 6000)) < 2000
    assert dues("bel " * 25_000 + "u") is not None
