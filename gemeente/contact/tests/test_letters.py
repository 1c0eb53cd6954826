"""What we write says at once what and why, in words that people know, and tells nobody what is not theirs."""

import re

import pytest
from django.conf import settings

from gemeente.access.queries import teams
from gemeente.access.types import Actor, Role
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel, OutgoingKind
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import ask_resident
from gemeente.contact.letters import LANGUAGES, addressee_of, confirm, write
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import answer, ask, close, sent_about
from gemeente.kernel.words import before

pytestmark = pytest.mark.django_db
HILTJE = "hiltje@voorbeeld.nl"
POST = "Korreweg 1, 9715 AA Groningen"
WORDS_AT_MOST = 15


@pytest.fixture
def hiltje() -> Actor:
    return register_resident(email=HILTJE)


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


def last_about(question: Question) -> OutgoingMessage:
    return sent_about(question.id)[-1]


def sentences(text: str) -> list[str]:
    """Return the sentences of a letter; an address or a greeting is one too."""
    return [one.strip() for one in re.split(r"(?<=[.!?:])\s+|\n+", text) if one.strip()]


class TestConfirmation:
    def test_it_says_what_we_have_who_helps_by_when_and_how_to_reach_somebody(self, hiltje: Actor) -> None:
        held = ask("De stoep ligt los.", by=hiltje, subject="Losse stoep", team="wegen")
        letter = last_about(held)
        assert letter.subject == "Wij hebben uw vraag: Losse stoep"
        assert letter.text.startswith("Beste mevrouw Vries,\n\nWij hebben uw vraag over “Losse stoep”.")
        team = teams()["wegen"]
        for told in (
            team.name,
            team.department_name,
            before(held.answer_due),
            settings.PHONE,
            settings.DESK,
            held.number,
        ):
            assert told in letter.text

    def test_somebody_without_a_name_is_greeted_too(self) -> None:
        letter = last_about(ask(email="iemand@voorbeeld.nl"))
        assert letter.text.startswith("Goedendag,\n")

    def test_it_tells_nothing_but_their_own_question_to_an_address_that_we_do_not_know(self) -> None:
        hiltje = register_resident(email=HILTJE, verified=False)
        ask("Mijn geheime andere vraag.", by=hiltje, subject="Geheim")
        letter = last_about(ask(email=HILTJE, subject="Losse stoep"))
        assert (letter.party, letter.to_address) == (None, HILTJE)
        assert "Geheim" not in letter.text
        assert settings.PUBLIC_URL not in letter.text

    def test_it_goes_by_post_to_who_wants_letters(self) -> None:
        held = ask(channel=Channel.LETTER, post=POST, name="H. de Vries")
        letter = last_about(held)
        assert (letter.channel, letter.to_address) == ("letter", POST)

    def test_who_cannot_be_written_to_is_not(self) -> None:
        assert sent_about(ask(channel=Channel.PHONE, phone="06 12345678").id) == []

    def test_twice_is_once(self, hiltje: Actor) -> None:
        held = ask(by=hiltje)
        for _ in range(2):
            confirm(held, message=held.id)
        assert OutgoingMessage.objects.filter(once=f"confirmation:{held.id}").count() == 1


class TestDanger:
    NUMBERS = {
        "N1": ("113", "0800 0113", "112"),
        "N2": ("112", "0800 2000"),
        "N3": ("112", "0800 9009"),
        "N4": ("112",),
        "N5": (settings.PHONE, "112"),
        "": ("112",),
    }

    @pytest.mark.parametrize("code", NUMBERS)
    def test_whom_to_call_stands_before_anything_else(self, hiltje: Actor, code: str) -> None:
        held = ask(by=hiltje)
        held.urgency, held.urgency_code = "nu", code
        _, text = write(held, addressee_of(held), template="confirmation", context={})
        greeting, danger, *_ = text.split("\n\n")
        assert greeting == "Beste mevrouw Vries,"
        for number in self.NUMBERS[code]:
            assert number in danger

    def test_the_words_of_the_resident_choose_the_number(self, hiltje: Actor) -> None:
        assert "0800 9009" in last_about(ask("Help, ik ruik gas in huis en het wordt erger", by=hiltje)).text
        assert "113" in last_about(ask("Ik wil niet meer leven, ik heb pillen klaarliggen", by=hiltje)).text

    def test_without_danger_nobody_is_alarmed(self, hiltje: Actor) -> None:
        assert "112" not in last_about(ask("Wanneer is het stadhuis open?", by=hiltje)).text


class TestAnswer:
    def test_the_subject_says_to_which_question_and_the_words_come_first(self, kcc: Actor) -> None:
        held = ask(email=HILTJE, subject="Losse stoep", reply_channel="email")
        answer(kcc, held.id, "Beste mevrouw De Vries,\n\nWij komen morgen.", via=Channel.EMAIL)
        letter = last_about(held)
        assert letter.subject == "Antwoord op uw vraag: Losse stoep"
        assert letter.text.startswith("Beste mevrouw De Vries,\n\nWij komen morgen.\n\n")
        assert held.number in letter.text

    def test_words_stay_as_they_were_typed(self, kcc: Actor) -> None:
        held = ask(email=HILTJE, subject="Stoep & straat <binnenstad>")
        answer(kcc, held.id, "Kijk: 1 < 2 & 3 > 2, {{ title }}", via=Channel.EMAIL)
        letter = last_about(held)
        assert "1 < 2 & 3 > 2, {{ title }}" in letter.text
        assert letter.subject.endswith("Stoep & straat <binnenstad>")

    def test_a_subject_is_one_line(self, kcc: Actor) -> None:
        held = ask(email=HILTJE, subject="Losse stoep\nBcc: iedereen@elders.example")
        answer(kcc, held.id, via=Channel.EMAIL)
        assert "\n" not in last_about(held).subject

    @pytest.mark.parametrize("channel", [Channel.LETTER, Channel.WEB])
    def test_on_paper_nobody_is_asked_to_answer_an_e_mail(self, kcc: Actor, channel: Channel) -> None:
        held = ask(channel=Channel.LETTER, post=POST) if channel == Channel.LETTER else ask(email=HILTJE, post=POST)
        answer(kcc, held.id, via=Channel.LETTER)
        for letter in sent_about(held.id):
            assert ("e-mail" in letter.text) == (letter.channel == Channel.EMAIL)
        assert settings.POST_ADDRESS in last_about(held).text

    def test_a_closing_reaches_the_resident_as_an_answer_does(self, kcc: Actor) -> None:
        held = ask(email=HILTJE)
        close(kcc, held.id, via=Channel.EMAIL)
        letter = last_about(held)
        assert (letter.kind, letter.to_address) == (OutgoingKind.CLOSING, HILTJE)
        assert "De stoep is gemaakt." in letter.text


class TestLanguage:
    def test_a_letter_is_in_the_askers_language_as_far_as_we_write_it_and_else_in_dutch(self) -> None:
        english = ask("Hello, I would like to know when I can pick up my passport please.", email=HILTJE)
        assert english.language == "en"
        expected = "en" if "en" in LANGUAGES else "nl"
        assert last_about(english).language == expected
        polish = ask("Dzień dobry, kiedy mogę odebrać mój paszport z urzędu miasta?", email=HILTJE)
        assert last_about(polish).language == "nl"


def test_every_letter_has_short_sentences(kcc: Actor, hiltje: Actor) -> None:
    held = ask(by=hiltje, subject="Losse stoep")
    ask_resident(actor=kcc, question=held.id, text="Stuur een foto.", needs="Een foto", via=Channel.WEB, seen_version=0)
    for channel in (Channel.EMAIL, Channel.WEB):
        answer(kcc, held.id, "Ja.", via=channel)
    on_paper = ask(channel=Channel.LETTER, post=POST)
    answer(kcc, on_paper.id, "Ja.", via=Channel.LETTER)
    letters = [*sent_about(held.id), *sent_about(on_paper.id)]
    assert len(letters) == 6
    too_long = [one for letter in letters for one in sentences(letter.text) if len(one.split()) > WORDS_AT_MOST]
    assert too_long == []
