"""Following a question: one's own alone, the whole story, and a way to write on in it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from gemeente.access.types import Actor, ActorKind, Role
from gemeente.channels.types import Channel
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.commands import ask_resident, take_up_question
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.portal import unread_count
from gemeente.contact.tests.talk import answer, ask, close, say
from gemeente.kernel import clock
from gemeente.portal.actions import actions_for
from gemeente.portal.tests.pages import blank, says
from gemeente.portal.views import greeting

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture
def hiltje(client: Client) -> Actor:
    hiltje = register_resident()
    log_in(client, hiltje)
    return hiltje


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask("De stoep ligt los.", by=hiltje, subject="Losse stoep")


def path_of(question: Question) -> str:
    return f"/vragen/{question.number}/"


class TestReading:
    def test_the_page_holds_the_whole_story(self, client: Client, kcc: Actor, held: Question) -> None:
        answer(kcc, held.id, "Wij komen morgen.")
        page = client.get(path_of(held))
        for words in ("Losse stoep", "De stoep ligt los.", "Wij komen morgen.", kcc.name, held.number):
            assert says(page, words)

    def test_anothers_page_and_one_that_never_was_are_the_same(self, client: Client, held: Question) -> None:
        log_in(client, register_resident(given="Jelle"))
        pages = []
        for number in (held.number, "2026-99999", "x" * 300, "a'b"):
            for method in (client.get, client.post):
                found = method(f"/vragen/{number}/", {"text": "Ik kijk mee", "token": "x"})
                assert found.status_code == 404
                pages.append(re.sub(r'nonce="\w+"|value="\S+"', "", found.content.decode()))
        assert len(set(pages)) == 1
        assert client.post(f"{path_of(held)}niet-opgelost/").status_code == 404
        assert ContactMoment.objects.count() == 1

    def test_opening_it_marks_what_we_wrote_as_read(
        self, client: Client, kcc: Actor, hiltje: Actor, held: Question
    ) -> None:
        answer(kcc, held.id)
        assert says(client.get(path_of(held)), ">Nieuw<")
        assert unread_count(hiltje.key) == 0
        assert not says(client.get(path_of(held)), ">Nieuw<")

    def test_a_long_story_is_read_to_its_begin_by_following_the_link(
        self, client: Client, hiltje: Actor, held: Question
    ) -> None:
        for nth in range(95):
            with clock.told_at(TUESDAY + timedelta(days=10, minutes=nth)):
                say(f"Bericht-{nth:03}.", by=hiltje, question=held.id)
        page = client.get(path_of(held)).content.decode()
        seen = re.findall(r"Bericht-\d{3}", page)
        while older := re.search(r'href="(\?voor=[^"#]+)', page):
            page = client.get(path_of(held) + older[1]).content.decode()
            seen += re.findall(r"Bericht-\d{3}", page)
        assert seen == [f"Bericht-{nth:03}" for nth in reversed(range(95))]

    @pytest.mark.parametrize(
        "odd", ["", "nonsense", "2026-13-45T00:00:00Z", "2026-01-01T00:00:00", "-1", "0", "1.5", "٣٣٣٣٣٣x"]
    )
    def test_nonsense_in_the_address_bar_shows_the_newest(self, client: Client, held: Question, odd: str) -> None:
        for path, name in ((path_of(held), "voor"), ("/vragen/", "bladzijde"), ("/berichten/", "bladzijde")):
            assert says(client.get(path, {name: odd}), "Losse stoep")

    @pytest.mark.parametrize("odd", ["9" * 9, "9" * 5000, "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
    def test_what_lies_beyond_all_pages_is_empty(self, client: Client, held: Question, odd: str) -> None:
        for path, name in ((path_of(held), "voor"), ("/vragen/", "bladzijde"), ("/berichten/", "bladzijde")):
            assert client.get(path, {name: odd}).status_code == 200

    def test_what_we_need_stands_on_top_of_home_and_page(self, client: Client, kcc: Actor, held: Question) -> None:
        ask_resident(
            actor=kcc,
            question=held.id,
            text="Wilt u een foto sturen?",
            needs="Een foto van de stoep",
            via=Channel.WEB,
            seen_version=0,
        )
        home = client.get("/")
        assert [action.title for action in home.context["actions"]] == ["Een foto van de stoep", "Lees 1 nieuw bericht"]
        assert says(client.get(path_of(held)), "Dit hebben we van u nodig")

    def test_who_helps_has_a_name(self, client: Client, kcc: Actor, held: Question) -> None:
        take_up_question(actor=kcc, question=held.id)
        assert says(client.get(path_of(held)), f"{kcc.name} helpt u")


class TestReplying:
    def test_it_joins_the_thread_and_comes_back_to_it(self, client: Client, held: Question) -> None:
        form = blank(client, path_of(held)) | {"text": "Er is nu ook een gat."}
        back = client.post(path_of(held), form)
        assert back.status_code == 302
        assert back["Location"].startswith(path_of(held))
        assert says(client.get(path_of(held)), "Er is nu ook een gat.")

    def test_a_double_click_is_one_reply_and_other_words_are_another(self, client: Client, held: Question) -> None:
        form = blank(client, path_of(held)) | {"text": "Er is nu ook een gat."}
        for text in ("Er is nu ook een gat.", "Er is nu ook een gat.", "Een groot gat."):
            client.post(path_of(held), form | {"text": text})
        texts = ContactMoment.objects.order_by("at").values_list("text", flat=True)
        assert list(texts) == ["De stoep ligt los.", "Er is nu ook een gat.", "Een groot gat."]

    @pytest.mark.parametrize("text", ["", " \n", "x" * 20_001])
    def test_a_mistake_is_said_and_keeps_the_words(self, client: Client, held: Question, text: str) -> None:
        page = client.post(path_of(held), blank(client, path_of(held)) | {"text": text})
        assert page.status_code == 422
        assert page.context["form"]["text"].value() == text
        assert says(page, "Uw bericht is nog niet verstuurd")
        assert ContactMoment.objects.count() == 1

    def test_not_solved_opens_it_again(self, client: Client, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        assert says(client.get(path_of(held)), "Mijn vraag is niet opgelost")
        client.post(f"{path_of(held)}niet-opgelost/", {"text": "Het is weer los."})
        page = client.get(path_of(held))
        assert says(page, "Uw vraag loopt weer")
        assert says(page, "Wij zoeken het uit")

    def test_what_runs_is_not_reopened(self, client: Client, held: Question) -> None:
        assert client.post(f"{path_of(held)}niet-opgelost/").status_code == 422


class TestHome:
    def test_somebody_unknown_may_ask_and_an_employee_goes_to_work(self, client: Client, kcc: Actor) -> None:
        assert client.get("/")["Location"] == "/stel-uw-vraag/"
        log_in(client, kcc)
        assert client.get("/")["Location"] == "/werk/"

    def test_a_resident_without_questions_is_not_at_a_loss(self, client: Client, hiltje: Actor) -> None:
        page = client.get("/")
        assert says(page, "Er loopt nu niets")
        assert says(page, "mevrouw Vries")

    def test_a_resident_that_we_lost_is_told_whom_to_call(self, client: Client, kcc: Actor) -> None:
        log_in(client, Actor(kind=ActorKind.RESIDENT, id=kcc.id, name="H. de Vries"))
        assert client.get("/").status_code == 403

    @pytest.mark.parametrize(
        ("hour", "part"),
        [(0, "night"), (5, "night"), (6, "morning"), (12, "afternoon"), (18, "evening"), (23, "evening")],
    )
    def test_the_greeting_keeps_the_time_of_groningen(self, hour: int, part: str) -> None:
        with clock.told_at(datetime(2026, 7, 1, hour, tzinfo=clock.AMSTERDAM)):
            assert greeting() == part

    def test_at_most_three_things_to_do(self) -> None:
        assert actions_for([], 0) == []
        assert [action.title for action in actions_for([], 3)] == ["Lees 3 nieuwe berichten"]
