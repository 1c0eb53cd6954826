"""A conversation: every deed does what it says, another team's is refused, and words are kept whatever goes wrong."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gemeente.access.types import Actor, Role
from gemeente.channels.models import Attachment
from gemeente.channels.types import NewFile
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, Draft, HistoryEntry, Question
from gemeente.contact.tests.talk import answer, ask, close, say, sent_about
from gemeente.contact.types import QuestionState
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db


@pytest.fixture
def kcc(client: Client) -> Actor:
    kcc = employee_with(Role.KCC)
    sit_down(client, kcc)
    return kcc


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


@pytest.fixture
def held(hiltje: Actor) -> Question:
    return ask("De stoep ligt los.", by=hiltje, subject="Losse stoep")


def reply(text: str = "De stoep is gemaakt.", **given: Any) -> dict[str, Any]:
    """Return what a browser sends from the composer."""
    return {"text": text, "via": "web", "seen": "0", "do": "send"} | given


class TestAnswering:
    def test_it_works(self, client: Client, kcc: Actor, held: Question) -> None:
        back = client.post(path_of(held, "antwoord/"), reply())
        assert back["Location"].startswith(path_of(held))
        assert says(client.get(path_of(held)), "De stoep is gemaakt.")
        assert Question.objects.get(id=held.id).handler == kcc.id

    def test_a_double_click_is_one_answer_and_leaves_an_empty_composer(
        self, client: Client, kcc: Actor, held: Question
    ) -> None:
        for _ in range(2):
            assert client.post(path_of(held, "antwoord/"), reply()).status_code == 302
        assert ContactMoment.objects.filter(direction="out").count() == 1
        assert client.get(path_of(held)).context["answer"]["text"].value() == ""

    def test_a_question_back_waits_for_the_resident(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "antwoord/"), reply("Stuurt u een foto?", do="ask", needs="Een foto"))
        assert Question.objects.get(id=held.id).needs_from_resident == "Een foto"

    def test_a_colleagues_change_is_told_and_keeps_the_words(self, client: Client, kcc: Actor, held: Question) -> None:
        answer(employee_with(Role.KCC, username="jan"), held.id, "Jan was eerder.")
        refused = client.post(path_of(held, "antwoord/"), reply("Mijn lange antwoord."))
        assert refused.status_code == 409
        for words in ("Een collega heeft deze vraag net veranderd.", "Mijn lange antwoord.", "Jan was eerder."):
            assert says(refused, words)
        assert refused.context["answer"]["seen"].value() == 1
        assert says(client.get(path_of(held)), "Mijn lange antwoord.")
        assert ContactMoment.objects.filter(direction="out").count() == 1

    def test_a_residents_message_in_between_is_a_change_too(
        self, client: Client, kcc: Actor, hiltje: Actor, held: Question
    ) -> None:
        say("Wacht, er is meer.", by=hiltje, question=held.id)
        refused = client.post(path_of(held, "antwoord/"), reply())
        assert refused.status_code == 409
        assert says(refused, "Wacht, er is meer.")

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"text": ""}, "Er staat nog geen tekst"),
            ({"via": "telepathie"}, "Kies hoe u antwoordt."),
            ({"seen": ""}, "Kies hoe u antwoordt."),
            ({"do": "ask", "needs": ""}, "Schrijf op wat u van de inwoner nodig heeft."),
            ({"via": "letter"}, "Wij weten geen adres voor een brief."),
            ({"text": "x" * 20_001}, "Uw antwoord is te lang."),
        ],
    )
    def test_what_is_wrong_is_said_and_keeps_the_words(
        self, client: Client, kcc: Actor, held: Question, wrong: dict[str, str], words: str
    ) -> None:
        given = reply("Mijn antwoord.") | wrong
        refused = client.post(path_of(held, "antwoord/"), given)
        assert refused.status_code == 422
        assert says(refused, words)
        assert refused.context["answer"]["text"].value() == given["text"]
        assert Draft.objects.get().text == given["text"]
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_odd_characters_break_nothing(self, client: Client, kcc: Actor, held: Question) -> None:
        for do in ("draft", "send"):
            assert client.post(path_of(held, "antwoord/"), reply("nul\x00teken", do=do)).status_code < 500
        assert client.post(path_of(held, "notitie/"), {"text": "nul\x00teken"}).status_code == 302
        assert client.get("/werk/vraag/2026%00/").status_code == 404

    def test_words_are_shown_and_never_run(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "antwoord/"), reply("<script>alert(1)</script>", do="draft"))
        page = client.get(path_of(held))
        assert not says(page, "<script>")
        assert says(page, "&lt;script&gt;")


class TestDrafts:
    def test_it_is_kept_without_being_sent(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "antwoord/"), reply("Half af", do="draft"))
        assert says(client.get(path_of(held)), "Half af")
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_a_snippet_comes_below_what_stands_there(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "antwoord/"), reply("Eerst dit.", do="snippet", snippet="groet"))
        text = Draft.objects.get().text
        assert text.startswith("Eerst dit.\n\nBeste mevrouw Vries,")
        assert text.endswith(kcc.name)

    def test_a_snippet_that_is_gone_changes_nothing(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "antwoord/"), reply("Eerst dit.", do="snippet", snippet="weg"))
        assert Draft.objects.get().text.strip() == "Eerst dit."

    def test_a_colleague_does_not_see_it(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "antwoord/"), reply("Half af", do="draft"))
        sit_down(client, employee_with(Role.KCC, username="jan"))
        assert not says(client.get(path_of(held)), "Half af")


class TestDeeds:
    def test_taking_it_up(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "neem/"))
        assert Question.objects.get(id=held.id).handler == kcc.id
        assert says(client.get("/werk/", {"rij": "mine"}), held.number)

    def test_noting_for_colleagues(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "notitie/"), {"text": "Slecht ter been."})
        assert says(client.get(path_of(held)), "alleen voor collega’s")
        assert len(sent_about(held.id)) == 1
        assert client.post(path_of(held, "notitie/"), {"text": " "}).status_code == 422

    def test_changing_the_haste(self, client: Client, kcc: Actor, held: Question) -> None:
        client.post(path_of(held, "haast/"), {"to": "nu", "reason": "Er is iemand gevallen"})
        refused = client.post(path_of(held, "haast/"), {"to": "normaal", "reason": ""})
        assert refused.status_code == 422
        assert says(refused, "Schrijf erbij waarom.")
        assert Question.objects.get(id=held.id).urgency == "nu"
        assert HistoryEntry.objects.filter(kind="urgency").count() == 1

    def test_closing(self, client: Client, kcc: Actor, held: Question) -> None:
        assert says(client.get(path_of(held, "afronden/")), "Losse stoep")
        given = {"outcome": "solved", "text": "De stoep is gemaakt.", "via": "web", "seen": "0"}
        assert client.post(path_of(held, "afronden/"), given)["Location"] == "/werk/"
        assert Question.objects.get(id=held.id).state == QuestionState.CLOSED

    @pytest.mark.parametrize(
        "wrong",
        [{"outcome": ""}, {"outcome": "weg"}, {"text": ""}, {"text": "Klaar."}, {"seen": "7"}, {"via": "letter"}],
    )
    def test_what_keeps_it_open_is_said_and_keeps_the_words(
        self, client: Client, kcc: Actor, held: Question, wrong: dict[str, str]
    ) -> None:
        given = {"outcome": "solved", "text": "De stoep is gemaakt.", "via": "web", "seen": "0"} | wrong
        refused = client.post(path_of(held, "afronden/"), given)
        assert refused.status_code == 422
        assert says(refused, "De vraag is nog niet afgerond")
        assert refused.context["form"]["text"].value() == given["text"]
        assert Question.objects.get(id=held.id).closed_at is None

    def test_a_closed_question_shows_that_it_is_closed(self, client: Client, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        page = client.get(path_of(held))
        assert says(page, "Klaar op")
        assert not says(page, "Neem deze vraag")


class TestAnotherTeam:
    @pytest.mark.parametrize("deed", ["", "antwoord/", "neem/", "notitie/", "haast/", "afronden/"])
    def test_every_address_is_refused(self, client: Client, held: Question, deed: str) -> None:
        sit_down(client, employee_with(Role.SPECIALIST, teams=("wegen",)))
        given = reply(to="nu", reason="x", outcome="solved")
        for ask_for in (client.get, client.post):
            refused = ask_for(path_of(held, deed), given)
            assert refused.status_code in (403, 405)
            assert not says(refused, "De stoep ligt los.")
        assert ContactMoment.objects.count() == 1
        assert Question.objects.get(id=held.id).version == 0

    def test_it_is_told_from_one_that_never_was(self, client: Client, kcc: Actor) -> None:
        assert client.get("/werk/vraag/2026-99999/").status_code == 404
        assert client.post("/werk/vraag/2026-99999/antwoord/", reply()).status_code == 404


class TestDocuments:
    def test_only_from_this_question(self, client: Client, kcc: Actor, held: Question) -> None:
        file = NewFile(name="pagina.html", content_type="text/html", content=b"<script>alert(1)</script>")
        other = ask(files=(file,))
        attachment = Attachment.objects.get()
        handed = client.get(path_of(other, f"document/{attachment.id}/"))
        assert handed["Content-Type"] == "application/octet-stream"
        assert handed["Content-Disposition"].startswith("attachment;")
        for path in (path_of(held, f"document/{attachment.id}/"), path_of(other, f"document/{uuid4()}/")):
            assert client.get(path).status_code == 404

    def test_another_teams_is_refused(self, client: Client) -> None:
        other = ask(files=(NewFile(name="a.pdf", content_type="application/pdf", content=b"%PDF"),))
        sit_down(client, employee_with(Role.SPECIALIST, teams=("wegen",)))
        assert client.get(path_of(other, f"document/{Attachment.objects.get().id}/")).status_code == 403


class TestSenderUnknown:
    def test_somebody_we_do_not_know_is_shown_as_such(self, client: Client, kcc: Actor) -> None:
        held = ask("Van buiten.", email="iemand@voorbeeld.nl", name="Iemand")
        page = client.get(path_of(held))
        assert says(page, "Niet ingelogd en niet herkend")
        assert says(page, "geef per mail niets persoonlijks")


def test_the_queue_keeps_its_row_and_survives_nonsense(client: Client, kcc: Actor, held: Question) -> None:
    assert client.get("/werk/", {"rij": "mine"}).context["row"] == "mine"
    assert client.get("/werk/").context["row"] == "mine"
    assert client.get("/werk/", {"rij": "alles"}).context["row"] == "team"
    for page in ("-1", "nonsense", "9" * 5000):
        assert client.get("/werk/", {"bladzijde": page}).status_code == 200
    for before in ("nonsense", "2026-13-45T00:00:00Z", "2026-01-01T00:00:00"):
        assert says(client.get(path_of(held), {"voor": before}), "De stoep ligt los.")


def test_who_is_not_logged_in_keeps_an_answer_that_was_typed(client: Client, held: Question) -> None:
    expired = client.post(path_of(held, "antwoord/"), reply("Mijn lange antwoord."))
    assert expired.status_code == 403
    assert says(expired, "Mijn lange antwoord.")
    kcc = employee_with(Role.KCC)
    log_in(client, kcc)
    client.post(path_of(held, "antwoord/"), reply("Mijn lange antwoord."))
    assert ContactMoment.objects.get(direction="out").text == "Mijn lange antwoord."
