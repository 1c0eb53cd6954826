"""P5: who has no computer gets full service, on paper from begin to end (V82)."""

import pytest

from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with
from gemeente.contact.commands import close_question
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import answer, ask, say, sent_about
from gemeente.contact.types import Outcome

pytestmark = pytest.mark.django_db

HOME = "Korreweg 1, 9715 AA Groningen"


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


def test_V82_by_letter_alone_one_asks_is_answered_and_says_that_it_is_not_solved(kcc: Actor) -> None:
    held = ask("Mijn stoep ligt los.", channel=Channel.LETTER, name="M. van der Wiel", post=HOME)
    answer(kcc, held.id, "Wij komen maandag kijken.", via=Channel.LETTER)
    held.refresh_from_db()
    close_question(
        actor=kcc,
        question=held.id,
        outcome=Outcome.SOLVED,
        words="De stoep is gemaakt.",
        via=Channel.LETTER,
        seen_version=held.version,
    )
    letters = sent_about(held.id)
    assert [(one.kind, one.channel, one.to_address) for one in letters] == [
        (kind, "letter", HOME) for kind in ("confirmation", "answer", "closing")
    ]
    for one, words in zip(letters, (held.number, "Wij komen maandag kijken.", "De stoep is gemaakt."), strict=True):
        assert words in one.text
        assert "e-mail" not in one.text
        assert "Schrijf naar Postbus 7081" in one.text
    say("Hij ligt weer los.", channel=Channel.LETTER, question=held.id)
    again = Question.objects.get(id=held.id)
    assert (again.closed_at, again.times_reopened) == (None, 1)
