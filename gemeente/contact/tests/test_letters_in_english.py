"""What we write, in the language that the reader chose (R27)."""

import re
from datetime import UTC, datetime

import pytest

from gemeente.access.types import Actor
from gemeente.config.tests.people import register_resident
from gemeente.contact.letters import addressee_of, write
from gemeente.contact.tests.talk import ask
from gemeente.kernel import clock
from gemeente.products.queries import catalogue
from gemeente.residents.commands import choose_language

pytestmark = pytest.mark.django_db
DUTCH = re.compile(
    r"\b(de|het|een|van|uw|wij|niet|voor|met|bij|naar|dit|vraag|bericht|gemeente|mevrouw|vóór)\b", re.IGNORECASE
)


def reader_of_english() -> Actor:
    hiltje = register_resident(email="hiltje@voorbeeld.nl")
    choose_language(actor=hiltje, language="en")
    return hiltje


@pytest.mark.parametrize("template", ["confirmation", "answer", "notice", "closing", "sorry"])
@pytest.mark.parametrize("on_paper", [False, True], ids=["mail", "paper"])
def test_R27_who_chose_english_reads_each_letter_in_english(template: str, on_paper: bool) -> None:
    hiltje = reader_of_english()
    for text in ("The pavement is loose.", "There is smoke and fire in the hall!"):
        held = ask(text, by=hiltje, subject="Loose pavement")
        context: dict[str, object] = {"words": "We will repair it.", "who": "Jan Mulder", "on_paper": on_paper}
        subject, said = write(held, addressee_of(held), template=template, context=context)
        assert "Loose pavement" in subject
        assert "Dear Ms Vries," in said or template == "answer"
        assert not DUTCH.findall(f"{subject} {said}")


def test_R27_a_letter_names_day_team_and_product_in_english() -> None:
    hiltje = reader_of_english()
    with clock.told_at(datetime(2026, 11, 24, 9, tzinfo=UTC)):
        held = ask("Ik wil een nieuw paspoort aanvragen.", by=hiltje, team="")
        subject, said = write(held, addressee_of(held), template="confirmation", context={"on_paper": False})
    assert held.product == "paspoort"
    assert subject == f"We have your question: {catalogue()['paspoort'].name_en}"
    assert "Team Civil affairs, of Public services." in said
    assert re.search(r"Before \w+day \d+ (November|December)\.", said)


@pytest.mark.parametrize(
    ("text", "told"), [("Where can I park my car near the station?", "en"), ("Waar kan ik parkeren?", "nl")]
)
def test_R27_to_whom_we_do_not_know_we_write_as_they_wrote(text: str, told: str) -> None:
    held = ask(text, email="iemand@voorbeeld.nl")
    assert addressee_of(held).language == told
