"""P4, message and expectation clear: each letter says what happens now, who does it, and when (V41)."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

import gemeente.contact
from gemeente.access.queries import teams
from gemeente.access.types import Actor
from gemeente.channels.models import OutgoingMessage
from gemeente.config.tests.people import register_resident
from gemeente.contact.letters import addressee_of, ask_to_confirm, write
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import ask
from gemeente.kernel import clock
from gemeente.residents.models import DigitalAddress

pytestmark = pytest.mark.django_db

LETTERS = Path(gemeente.contact.__file__).parent / "templates" / "contact" / "letters"
# What stands inside other letters, and the one letter that is about no question and names nobody.
PARTS, OF_AN_ADDRESS = {"danger"}, {"confirm_email"}
# What goes to a partner is no letter to a resident.
TO_PARTNERS = {"partner_task", "partner_withdrawn"}
# The question how it went tells nothing of what was asked; its own tests say what it holds.
AFTERWARDS = {"how_it_went"}
WHOLE = sorted({path.stem for path in LETTERS.glob("*.txt")} - PARTS - OF_AN_ADDRESS - TO_PARTNERS - AFTERWARDS)
WRITER = "Fenna Bakker"
WORDS = "Wij maken de stoep volgende week."
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)

WHAT_NOW = re.compile(r"Antwoord op|Schrijf naar|U leest het hier|U hoeft niets te doen|U hoeft het niet")
WHEN = re.compile(r"Vóór \w+dag \d+ \w+|op werkdagen van 9\.00 tot 17\.00 uur")
CONTACT = re.compile(r"[Bb]el 14 050|bellen\? Dat kan: 14 050|praten\? Bel 14 050|U belt: 14 050")


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


def letter(held: Question, template: str, *, on_paper: bool) -> tuple[str, str]:
    """Return the subject and the words of a letter."""
    context: dict[str, object] = {"words": WORDS, "who": WRITER, "on_paper": on_paper}
    return write(held, addressee_of(held), template=template, context=context)


def test_V41_there_are_letters_for_each_step() -> None:
    assert set(WHOLE) >= {"confirmation", "answer", "notice", "closing", "sorry"}


@pytest.mark.parametrize("on_paper", [False, True], ids=["mail", "paper"])
@pytest.mark.parametrize("template", WHOLE)
def test_V41_R18_each_letter_says_what_now_who_and_when(hiltje: Actor, template: str, on_paper: bool) -> None:
    with clock.told_at(TUESDAY):
        held = ask("De stoep ligt los.", by=hiltje, subject="Losse stoep", team="wegen")
        subject, text = letter(held, template, on_paper=on_paper)
    assert "Losse stoep" in subject
    assert WHAT_NOW.search(text), "it does not say what to do"
    assert any(who in text for who in (WRITER, teams()["wegen"].name, "De teamleider")), "it does not say who"
    assert WHEN.search(text), "it does not say when"
    assert CONTACT.search(text), "it does not say how to reach somebody"
    assert f"Uw vraagnummer is {held.number}." in text
    assert not on_paper or "e-mail" not in text


@pytest.mark.parametrize("template", sorted(set(WHOLE) - {"answer"}))
def test_R24_each_letter_that_we_begin_greets_by_name(hiltje: Actor, template: str) -> None:
    held = ask("De stoep ligt los.", by=hiltje, subject="Losse stoep")
    _, text = letter(held, template, on_paper=False)
    assert text.startswith("Beste mevrouw Vries,\n\n")


def test_V41_the_letter_about_an_address_says_it_too(hiltje: Actor) -> None:
    address = DigitalAddress.objects.get(party=hiltje.id)
    DigitalAddress.objects.update(verified_at=None, evidence="")
    ask_to_confirm(address.id)
    text = OutgoingMessage.objects.get().text
    for told in ("Open dan binnen 3 dagen deze link", "Doe dan niets", "Bel 14 050", settings.MUNICIPALITY):
        assert told in text


def test_V27_no_letter_says_klant(hiltje: Actor) -> None:
    held = ask("De stoep ligt los.", by=hiltje, subject="Losse stoep")
    for template in WHOLE:
        subject, text = letter(held, template, on_paper=False)
        assert "klant" not in f"{subject}\n{text}".lower()
        assert settings.MUNICIPALITY in text or template == "answer"
