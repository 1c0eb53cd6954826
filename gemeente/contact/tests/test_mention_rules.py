"""Who is called in by "@name": whole names first, then a first name that is only theirs, and no mail address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.mention_rules import called_in, first_words
from gemeente.kernel.errors import DomainError
from gemeente.kernel.ids import new_id

AISHA, JAN, JANNEKE, JAN_PIETER = new_id(), new_id(), new_id(), new_id()
PEOPLE = [(AISHA, "Aisha El Amrani"), (JAN, "Jan Mulder"), (JANNEKE, "Janneke Vos")]


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("@Aisha kun jij?", [AISHA]),
        ("Vraag: (@aisha el amrani)", [AISHA]),
        ("@Jan Mulder en @Janneke", [JAN, JANNEKE]),
        ("@Jan", [JAN]),
        ("@Jantje", []),
        ("mail@aisha.nl", []),
        ("@ Aisha", []),
        ("@Aisha @Aisha", [AISHA]),
        ("", []),
    ],
)
def test_who_is_called(text: str, called: list[object]) -> None:
    assert called_in(text, PEOPLE) == called


def test_the_longest_name_counts() -> None:
    people = [*PEOPLE, (JAN_PIETER, "Jan Mulder-Bos")]
    assert called_in("@Jan Mulder-Bos", people) == [JAN_PIETER]


def test_a_first_name_of_two_people_is_asked_again() -> None:
    with pytest.raises(DomainError):
        called_in("@Jan", [*PEOPLE, (JAN_PIETER, "Jan Bos")])


@given(st.text(max_size=200))
def test_any_text_calls_only_people_who_are_there_and_never_many(text: str) -> None:
    assert len(first_words(text)) <= 10
    assert set(called_in(text, PEOPLE)) <= {key for key, _ in PEOPLE}
