"""No resident's data opens without a purpose, and each look is written down with it (V10)."""

from typing import Any

import pytest
from django.test import Client

from gemeente.access.types import Actor, Purpose, Role
from gemeente.audit.models import Entry
from gemeente.channels.models import Attachment
from gemeente.channels.types import NewFile
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, Draft, Question
from gemeente.contact.tests.talk import ask
from gemeente.workspace.purpose import PARTIES_AT_MOST
from gemeente.workspace.tests.desk import path_of, says, sit_down

pytestmark = pytest.mark.django_db
LOOKS = ("open_question", "open_document", "open_resident", "picture")
SECRET = "Iets heel persoonlijks"


@pytest.fixture
def hiltje() -> Actor:
    return register_resident()


@pytest.fixture
def held(hiltje: Actor) -> Question:
    photo = NewFile(name="brief.pdf", content_type="application/pdf", content=b"%PDF-1.7")
    return ask(SECRET, by=hiltje, wish=SECRET, files=(photo,))


def looks() -> list[tuple[str, str, bool]]:
    lines = Entry.objects.filter(action__in=LOOKS).order_by("id")
    return list(lines.values_list("action", "purpose", "refused"))


class TestQuestions:
    @pytest.mark.parametrize("deed", ["", "afronden/"])
    def test_one_chooses_first_and_comes_back(self, client: Client, held: Question, deed: str) -> None:
        log_in(client, employee_with(Role.KCC))
        away = client.get(path_of(held, deed))
        assert away.status_code == 302
        choose = client.get(away["Location"])
        assert not says(choose, SECRET)
        assert looks() == []
        back = client.post("/werk/doel/", {"purpose": Purpose.CHECK_QUALITY, "then": choose.context["then"]})
        assert back["Location"] == path_of(held, deed)
        assert says(client.get(back["Location"]), SECRET)
        assert looks() == [("open_question", Purpose.CHECK_QUALITY, False)]

    def test_a_document_too(self, client: Client, held: Question) -> None:
        log_in(client, employee_with(Role.KCC))
        path = path_of(held, f"document/{Attachment.objects.get().id}/")
        assert client.get(path).status_code == 302
        sit_down(client, employee_with(Role.KCC))
        assert client.get(path).content == b"%PDF-1.7"
        assert looks() == [("open_document", Purpose.HANDLE_QUESTION, False)]

    @pytest.mark.parametrize(
        ("deed", "given"),
        [
            ("antwoord/", {"do": "send", "text": "Half af", "seen": "99", "via": "web"}),
            ("notitie/", {"text": ""}),
            ("haast/", {"to": "nonsense"}),
            ("afronden/", {}),
        ],
    )
    def test_a_deed_that_fails_is_no_way_in(
        self, client: Client, held: Question, deed: str, given: dict[str, str]
    ) -> None:
        log_in(client, employee_with(Role.KCC))
        refused = client.post(path_of(held, deed), given)
        assert refused.status_code == 403
        assert not says(refused, SECRET)
        assert looks() == [("open_question", "geen doel gekozen", True)]
        assert Draft.objects.filter(text="Half af").exists() == (deed == "antwoord/")

    def test_the_look_says_whose_data_and_which(self, client: Client, hiltje: Actor, held: Question) -> None:
        kcc = employee_with(Role.KCC)
        sit_down(client, kcc)
        client.get(path_of(held))
        line = Entry.objects.get(action="open_question")
        assert (line.actor_id, line.subject, line.object_id) == (kcc.id, hiltje.id, held.id)
        assert line.what == ["Uw vraag", "Naam en adres"]

    def test_what_is_refused_is_no_look(self, client: Client, held: Question) -> None:
        sit_down(client, employee_with(Role.SPECIALIST, teams=("wegen",)))
        assert client.get(path_of(held)).status_code == 403
        assert looks() == []


class TestResidents:
    @pytest.mark.parametrize("part", ["", "beeld.json"])
    def test_without_a_purpose_it_is_refused_and_logged(self, client: Client, hiltje: Actor, part: str) -> None:
        sit_down(client, employee_with(Role.KCC))
        refused = client.get(f"/werk/inwoner/{hiltje.id}/{part}")
        assert refused.status_code == 403
        assert not says(refused, "Vries")
        assert looks() == [("open_resident", "geen doel gekozen", True)]

    @pytest.mark.parametrize(("part", "action"), [("", "open_resident"), ("beeld.json", "picture")])
    def test_with_one_it_opens_and_is_logged(self, client: Client, hiltje: Actor, part: str, action: str) -> None:
        log_in(client, employee_with(Role.KCC))
        client.post(f"/werk/inwoner/{hiltje.id}/doel/", {"purpose": Purpose.TAKE_IN})
        assert says(client.get(f"/werk/inwoner/{hiltje.id}/{part}"), "Vries")
        assert looks() == [(action, Purpose.TAKE_IN, False)]

    def test_a_purpose_is_for_one_resident(self, client: Client, hiltje: Actor) -> None:
        log_in(client, employee_with(Role.KCC))
        client.post(f"/werk/inwoner/{hiltje.id}/doel/", {"purpose": Purpose.TAKE_IN})
        other = register_resident(given="Jelle")
        assert client.get(f"/werk/inwoner/{other.id}/").status_code == 403

    def test_the_last_chosen_is_kept_among_many(self, client: Client, hiltje: Actor) -> None:
        log_in(client, employee_with(Role.KCC))
        others = [register_resident(given=f"J{nth}") for nth in range(PARTIES_AT_MOST)]
        for party in (hiltje, *others, hiltje):
            client.post(f"/werk/inwoner/{party.id}/doel/", {"purpose": Purpose.TAKE_IN})
        assert client.get(f"/werk/inwoner/{hiltje.id}/").status_code == 200

    def test_somebody_who_is_not_there_is_not_found(self, client: Client) -> None:
        kcc = employee_with(Role.KCC)
        log_in(client, kcc)
        client.post(f"/werk/inwoner/{kcc.id}/doel/", {"purpose": Purpose.TAKE_IN})
        assert client.get(f"/werk/inwoner/{kcc.id}/").status_code == 404


class TestChoosing:
    @pytest.mark.parametrize("purpose", ["", "nieuwsgierig", Purpose.OWN_AFFAIRS, Purpose.RUN_SYSTEM])
    def test_only_a_purpose_that_fits_the_work_counts(
        self, client: Client, hiltje: Actor, held: Question, purpose: str
    ) -> None:
        log_in(client, employee_with(Role.KCC))
        for path in ("/werk/doel/", f"/werk/inwoner/{hiltje.id}/doel/"):
            assert client.post(path, {"purpose": purpose}).status_code == 422
        assert client.get(path_of(held)).status_code == 302
        assert client.get(f"/werk/inwoner/{hiltje.id}/").status_code == 403

    @pytest.mark.parametrize("then", ["https://elders.example/", "//elders.example/werk/", "/vragen/", "werk/"])
    def test_afterwards_one_stays_in_the_workspace(self, client: Client, then: str) -> None:
        log_in(client, employee_with(Role.KCC))
        answer = client.post("/werk/doel/", {"purpose": Purpose.HANDLE_QUESTION, "then": then})
        assert answer["Location"] == "/werk/"


def test_reading_a_question_writes_nothing_in_it(client: Client, held: Question) -> None:
    before: Any = list(ContactMoment.objects.values())
    sit_down(client, employee_with(Role.KCC))
    client.get(path_of(held))
    assert list(ContactMoment.objects.values()) == before
    assert Question.objects.get(id=held.id).version == held.version
