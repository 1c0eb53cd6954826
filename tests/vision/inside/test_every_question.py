"""P1: whatever somebody asks, somebody owns it, and nothing ends without a route for who asked."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeente.access.queries import teams
from gemeente.access.types import Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import close_question
from gemeente.contact.models import Question
from gemeente.contact.rules import CATCH_ALL, CATCH_ALL_TEAM
from gemeente.contact.tests.talk import ask, sent_about
from gemeente.contact.types import Outcome, QuestionState
from gemeente.kernel.errors import DomainError

pytestmark = pytest.mark.django_db


@settings(max_examples=25)
@given(
    text=st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=400)
)
def test_V2_any_text_at_all_has_an_owner_and_a_reply_date(text: str) -> None:
    held = ask(text, team="")
    assert teams()[held.team].active
    assert timedelta(0) < held.answer_due - held.asked_at < timedelta(days=90)
    assert held.title


def test_V73_what_fits_nowhere_is_the_kccs_and_never_nobodys() -> None:
    held = ask("Hm.", team="")
    assert (held.team, held.product) == (CATCH_ALL_TEAM, CATCH_ALL)


@pytest.mark.parametrize("outcome", [None, *Outcome])
def test_V73_nothing_closes_without_words_that_the_asker_reads(outcome: Outcome | None) -> None:
    kcc, hiltje = employee_with(Role.KCC), register_resident(email="hiltje@voorbeeld.nl")
    held = ask(by=hiltje)

    def close(words: str) -> None:
        close_question(
            actor=kcc, question=held.id, outcome=outcome, words=words, via=Channel.EMAIL, seen_version=held.version
        )

    for too_little in ("", "   ", "Klaar."):
        with pytest.raises(DomainError):
            close(too_little)
    assert Question.objects.get(id=held.id).state != QuestionState.CLOSED
    words = "Het waterschap helpt u verder: 050 123 00 00. Wij hebben hun verteld wat u vroeg."
    if outcome is None:
        with pytest.raises(DomainError):
            close(words)
        return
    close(words)
    told = sent_about(held.id)[-1].text
    assert words in told
    assert "Is het niet opgelost?" in told
