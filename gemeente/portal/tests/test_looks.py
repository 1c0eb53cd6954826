"""Who looked: every line about oneself and none about another, in one's own words, in a few statements."""

import ast
import re
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

import gemeente
from gemeente.access.types import Actor, Purpose, Role, system
from gemeente.audit.commands import log_look
from gemeente.audit.queries import look_figures, looks_at
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.tests.talk import answer, ask
from gemeente.kernel import clock
from gemeente.portal.looks import DEEDS, months_since, span_of

pytestmark = pytest.mark.django_db
PAGE = "/wie-keek/"
TODAY = datetime(2026, 11, 24, 12, tzinfo=clock.AMSTERDAM)


@pytest.fixture
def hiltje(client: Client) -> Actor:
    with clock.told_at(TODAY - timedelta(days=200)):
        hiltje = register_resident()
    log_in(client, hiltje)
    return hiltje


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


def look(by: Actor, at: Actor, *what: str, days_ago: int = 0) -> None:
    with clock.told_at(TODAY - timedelta(days=days_ago)):
        log_look(actor=by, action="open_resident", purpose=Purpose.TAKE_IN, subject=at.id, object_id=None, what=what)


def opened(client: Client, **narrowed: str) -> str:
    with clock.told_at(TODAY):
        return client.get(PAGE, narrowed).content.decode()


def seen(page: str) -> list[str]:
    """Return what was seen, line by line."""
    return re.findall(r"<li>(Stuk \d+)</li>", page)


class TestList:
    def test_it_says_when_who_what_and_why(self, client: Client, hiltje: Actor, kcc: Actor) -> None:
        look(kcc, hiltje, "Naam en adres")
        page = opened(client)
        for words in ("Vandaag, 12.00 uur", kcc.name, kcc.department, "Naam en adres", "Een vraag aannemen"):
            assert words in page

    def test_ones_own_looks_and_those_at_others_are_not_in_it(self, client: Client, hiltje: Actor, kcc: Actor) -> None:
        look(hiltje, hiltje, "Stuk 1")
        look(kcc, register_resident(given="Jelle"), "Stuk 2")
        look(kcc, hiltje, "Stuk 3")
        assert seen(opened(client)) == ["Stuk 3"]

    def test_the_machine_says_which_part_of_it_looked(self, client: Client, hiltje: Actor) -> None:
        look(system("Bewaakt de beloften"), hiltje, "Stuk 1")
        page = opened(client)
        assert "Computersysteem" in page
        assert "Bewaakt de beloften" in page

    def test_a_deed_is_named_in_words(self, client: Client, hiltje: Actor, kcc: Actor) -> None:
        answer(kcc, ask(by=hiltje).id)
        page = client.get(PAGE).content.decode()
        assert "<li>Antwoord aan u</li>" in page
        assert "answer_question" not in page

    def test_every_page_of_twenty_is_there_newest_first(self, client: Client, hiltje: Actor, kcc: Actor) -> None:
        for nth in range(45):
            look(kcc, hiltje, f"Stuk {nth}", days_ago=nth)
        page = opened(client, afdeling=kcc.department)
        found = [seen(page)]
        while older := re.search(r'href="(\?[^"]+)#lijst">Oudere', page):
            with clock.told_at(TODAY):
                page = client.get(PAGE + older[1].replace("&amp;", "&")).content.decode()
            found.append(seen(page))
        assert [len(one) for one in found] == [20, 20, 5]
        assert [one for part in found for one in part] == [f"Stuk {nth}" for nth in range(45)]

    def test_a_month_and_a_department_narrow_it(self, client: Client, hiltje: Actor, kcc: Actor) -> None:
        for days_ago, nth in ((0, 1), (30, 2)):
            look(kcc, hiltje, f"Stuk {nth}", days_ago=days_ago)
        look(system("Postverwerking"), hiltje, "Stuk 3")
        assert seen(opened(client, maand="2026-10")) == ["Stuk 2"]
        assert seen(opened(client, maand="2026-11", afdeling=kcc.department)) == ["Stuk 1"]
        assert seen(opened(client, afdeling="Bestaat niet")) == []

    @pytest.mark.parametrize("odd", ["2026-13", "0000-00", "9999-99", "nonsense", "2026-1", "'", "٢٠٢٦-١١", "2" * 5000])
    def test_a_month_that_is_none_shows_all(self, client: Client, hiltje: Actor, kcc: Actor, odd: str) -> None:
        look(kcc, hiltje, "Stuk 1")
        assert seen(opened(client, maand=odd)) == ["Stuk 1"]

    def test_asking_why_begins_with_the_look_itself(self, client: Client, hiltje: Actor, kcc: Actor) -> None:
        look(kcc, hiltje, "Naam en adres", "Lopende vragen")
        link, *_ = [
            one for one in re.findall(r'href="(/stel-uw-vraag/\?vraag=[^"]+)"', opened(client)) if "Waarom" in one
        ]
        words = unquote(link.partition("vraag=")[2])
        assert f"{kcc.name}, vandaag, 12.00 uur. Naam en adres, Lopende vragen." in words
        with clock.told_at(TODAY):
            assert client.get(link).context["form"]["text"].value() == words

    def test_names_are_never_markup(self, client: Client, hiltje: Actor) -> None:
        look(system("<script>x"), hiltje, "<b>Stuk")
        assert "<script>x" not in opened(client)
        assert "<b>Stuk" not in opened(client)


class TestFigures:
    def test_they_count_three_months_and_each_person_once(self, hiltje: Actor, kcc: Actor) -> None:
        other = employee_with(Role.SPECIALIST)
        for by, days_ago in ((kcc, 0), (kcc, 1), (other, 90), (employee_with(Role.STEERING), 92)):
            look(by, hiltje, "Stuk 1", days_ago=days_ago)
        look(system("Postverwerking"), hiltje)
        look(hiltje, hiltje)
        figures = look_figures(hiltje.key, since=TODAY - timedelta(days=91))
        assert (figures.times, figures.people, figures.systems) == (4, 2, 1)
        assert figures.last == TODAY

    def test_who_was_never_looked_at_reads_so(self, client: Client, kcc: Actor) -> None:
        log_in(client, Actor(kind=register_resident().kind, id=kcc.id, name="Niemand"))
        page = opened(client)
        assert "Nog nooit" in page
        assert "Er keek nog niemand in uw gegevens." in page


def test_the_page_asks_the_database_three_things(
    client: Client, hiltje: Actor, kcc: Actor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for nth in range(30):
        look(kcc, hiltje, f"Stuk {nth}")
    with django_assert_num_queries(3):
        client.get(PAGE, {"maand": "2026-11"})


def test_a_page_holds_twenty_and_says_whether_there_are_more(hiltje: Actor, kcc: Actor) -> None:
    for _ in range(20):
        look(kcc, hiltje)
    for extra, more in ((0, False), (1, True)):
        for _ in range(extra):
            look(kcc, hiltje)
        found = looks_at(hiltje.key, begins=TODAY, ends=TODAY + timedelta(1), department="", page=0)
        assert (len(found[0]), found[1]) == (20, more)


def test_a_month_begins_and_ends_at_midnight_in_groningen() -> None:
    assert span_of("2026-12") == (
        datetime(2026, 12, 1, tzinfo=clock.AMSTERDAM),
        datetime(2027, 1, 1, tzinfo=clock.AMSTERDAM),
    )


def test_the_months_to_choose_from_run_back_to_the_first_line() -> None:
    with clock.told_at(TODAY):
        assert [value for value, _ in months_since(TODAY - timedelta(days=60))] == ["2026-11", "2026-10", "2026-09"]
        assert len(months_since(datetime(1900, 1, 1, tzinfo=clock.AMSTERDAM))) == 120


def test_every_command_about_a_resident_has_words_for_them() -> None:
    wordless = []
    for file in Path(gemeente.__file__).parent.rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and any("command(" in ast.unparse(one) for one in node.decorator_list):
                own = "OWN_AFFAIRS" in "".join(map(ast.unparse, node.decorator_list))
                about_somebody = "about(" in ast.unparse(node) and "subject=" in ast.unparse(node)
                wordless += [node.name] if about_somebody and not own and node.name not in DEEDS else []
    assert wordless == []
