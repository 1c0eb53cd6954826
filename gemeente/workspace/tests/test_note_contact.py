"""A conversation noted within one screen: who, what, where it belongs; nothing typed is lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gemeente.access.types import Actor, Purpose, Role
from gemeente.audit.models import Entry
from gemeente.channels.models import IncomingMessage
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.tests.talk import ask
from gemeente.workspace.tests.desk import says

pytestmark = pytest.mark.django_db
NOTE = "/werk/gesprek/"
DANGER = "Ruikt gas in huis en het wordt steeds erger"


@pytest.fixture
def kcc(client: Client) -> Actor:
    kcc = employee_with(Role.KCC)
    log_in(client, kcc)
    return kcc


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email="hiltje@voorbeeld.nl")


def note(**given: Any) -> dict[str, Any]:
    """Return what a browser sends when a note is filled in."""
    blank = {"token": str(uuid4()), "channel": "phone", "purpose": Purpose.TAKE_IN.value, "do": "save"}
    return blank | {"text": "Belt over de stoep."} | given


class TestSave:
    def test_it_works(self, client: Client, kcc: Actor, hiltje: Actor) -> None:
        told = client.post(NOTE, note(party=str(hiltje.id), wish="Een veilige stoep", reply="phone"), follow=True)
        held = Question.objects.get()
        assert (held.party, held.channel, held.reply_channel, held.wish) == (
            hiltje.id,
            "phone",
            "phone",
            "Een veilige stoep",
        )
        assert says(told, held.number)
        assert ContactMoment.objects.get().author_name == "Hiltje Vries"

    @pytest.mark.parametrize("channel", ["phone", "desk", "letter"])
    def test_every_channel_is_noted_the_same_way(self, client: Client, kcc: Actor, channel: str) -> None:
        client.post(NOTE, note(channel=channel, name="Mevrouw Bos", phone="06 12345678"))
        held = Question.objects.get()
        assert (held.channel, held.party, held.asker_name, held.asker_phone) == (
            channel,
            None,
            "Mevrouw Bos",
            "06 12345678",
        )

    def test_who_takes_it_themselves_goes_on_in_the_conversation(self, client: Client, kcc: Actor) -> None:
        there = client.post(NOTE, note(do="take"), follow=True)
        held = Question.objects.get()
        assert held.handler == kcc.id
        assert says(there, "Belt over de stoep.")

    def test_who_may_not_open_it_still_hears_what_to_tell(self, client: Client) -> None:
        log_in(client, employee_with(Role.SPECIALIST, teams=("burgerzaken",)))
        there = client.post(NOTE, note(do="take", team="wmo"), follow=True)
        held = Question.objects.get()
        assert (held.team, held.handler) == ("wmo", None)
        assert says(there, held.number)
        assert client.get(f"/werk/gesprek/klaar/{ask().number}/").status_code == 404

    def test_it_goes_into_the_residents_running_question(self, client: Client, kcc: Actor, hiltje: Actor) -> None:
        held = ask(by=hiltje)
        client.post(NOTE, note(party=str(hiltje.id), question=str(held.id)))
        assert ContactMoment.objects.filter(question=held.id).count() == 2
        assert Question.objects.count() == 1

    def test_danger_noted_in_a_running_question_counts(self, client: Client, kcc: Actor, hiltje: Actor) -> None:
        held = ask(by=hiltje)
        given = note(party=str(hiltje.id), question=str(held.id), urgency="nu", urgency_reason="Huilt")
        client.post(NOTE, given)
        assert Question.objects.get(id=held.id).urgency == "nu"


class TestTwice:
    def test_a_double_click_is_one_note(self, client: Client, kcc: Actor) -> None:
        form = note()
        answers = [client.post(NOTE, form) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert (Question.objects.count(), ContactMoment.objects.count()) == (1, 1)

    def test_going_back_and_writing_more_adds_to_it(self, client: Client, kcc: Actor) -> None:
        form = note()
        for text in ("Belt over de stoep.", "Belt over de stoep bij nummer 12."):
            client.post(NOTE, form | {"text": text})
        assert Question.objects.count() == 1
        assert ContactMoment.objects.count() == 2


class TestMistakes:
    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ({"text": ""}, "Schrijf op wat de inwoner vraagt."),
            ({"email": "fout"}, "geldig e-mailadres"),
            ({"bsn": "12345"}, "heeft 9 cijfers"),
            ({"text": DANGER, "urgency": "normaal"}, "Schrijf erbij waarom."),
        ],
    )
    def test_each_is_said_and_nothing_typed_is_lost(
        self, client: Client, kcc: Actor, hiltje: Actor, wrong: dict[str, str], words: str
    ) -> None:
        form = note(wish="Een veilige stoep", name="Mevrouw Bos", party=str(hiltje.id), urgency_reason="") | wrong
        answer = client.post(NOTE, form)
        assert answer.status_code == 422
        assert says(answer, words)
        assert says(answer, "Dit gesprek is nog niet bewaard")
        for name, value in form.items():
            if name != "do":
                assert str(answer.context["form"][name].value()) == value
        assert not IncomingMessage.objects.exists()

    def test_haste_is_lowered_with_a_reason(self, client: Client, kcc: Actor) -> None:
        client.post(NOTE, note(text=DANGER, urgency="normaal", urgency_reason="De netbeheerder is er al"))
        assert Question.objects.get().urgency == "normaal"

    @pytest.mark.parametrize(
        "odd", [{"party": "nonsense"}, {"purpose": ""}, {"purpose": "nieuwsgierig"}, {"token": ""}]
    )
    def test_an_odd_form_is_refused_and_keeps_the_words(
        self, client: Client, kcc: Actor, hiltje: Actor, odd: dict[str, str]
    ) -> None:
        answer = client.post(NOTE, note(party=str(hiltje.id)) | odd)
        assert answer.status_code == 422
        assert says(answer, "Belt over de stoep.")
        assert not IncomingMessage.objects.exists()

    @pytest.mark.parametrize("party", [True, False])
    def test_a_note_does_not_go_into_anothers_question(
        self, client: Client, kcc: Actor, hiltje: Actor, party: bool
    ) -> None:
        held = ask(by=register_resident(given="Jelle"))
        form = note(question=str(held.id), party=str(hiltje.id) if party else "")
        answer = client.post(NOTE, form)
        assert answer.status_code == 422
        assert says(answer, "Deze vraag is niet van deze inwoner.")
        assert ContactMoment.objects.count() == 1

    def test_nobody_is_made_up(self, client: Client, kcc: Actor) -> None:
        answer = client.post(NOTE, note(party=str(uuid4())))
        assert answer.status_code == 422
        assert not IncomingMessage.objects.exists()


class TestFinding:
    def test_a_search_keeps_what_was_typed_and_asks_for_no_words_yet(
        self, client: Client, kcc: Actor, hiltje: Actor
    ) -> None:
        found = client.post(NOTE, note(do="find", q="vries", text="", wish="Een veilige stoep"))
        assert found.status_code == 200
        assert says(found, "Hiltje Vries")
        assert says(found, "Een veilige stoep")
        assert not says(found, "Schrijf op wat de inwoner vraagt.")

    def test_choosing_somebody_opens_their_questions_for_a_purpose_and_logs_it(
        self, client: Client, kcc: Actor, hiltje: Actor
    ) -> None:
        held = ask(by=hiltje, subject="Losse stoep")
        chosen = client.post(NOTE, note(do="find", q="vries", party=str(hiltje.id)))
        assert says(chosen, held.number)
        line = Entry.objects.get(action="open_resident")
        assert (line.subject, line.purpose, line.actor_id) == (hiltje.id, Purpose.TAKE_IN, kcc.id)

    def test_without_a_purpose_nothing_opens(self, client: Client, kcc: Actor, hiltje: Actor) -> None:
        held = ask(by=hiltje, subject="Losse stoep")
        answer = client.post(NOTE, note(do="find", party=str(hiltje.id), purpose=""))
        assert not says(answer, held.number)
        assert not Entry.objects.filter(action="open_resident").exists()

    def test_that_somebody_searched_is_logged_and_the_words_are_not(self, client: Client, kcc: Actor) -> None:
        client.post(NOTE, note(do="find", q="vries"))
        line = Entry.objects.get(action="find_resident")
        assert "vries" not in str(line.__dict__)

    def test_our_suggestion_stands_beside_the_words(self, client: Client, kcc: Actor) -> None:
        answer = client.post(NOTE, note(do="find", text=DANGER))
        assert says(answer, "Voorstel: <strong")
        assert answer.context["understood"].urgency.urgency == "nu"


def test_the_form_opens_on_the_channel_that_was_chosen(client: Client, kcc: Actor) -> None:
    assert client.get(NOTE, {"kanaal": "desk"}).context["form"]["channel"].value() == "desk"
    assert client.get(NOTE, {"kanaal": "telepathie"}).status_code == 200
