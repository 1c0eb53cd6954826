"""Asking: one form, in anybody's own words; what is wrong is said, and nothing that was typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from gemeente.access.queries import teams
from gemeente.access.types import Role
from gemeente.channels.models import IncomingMessage
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, Question
from gemeente.kernel import clock
from gemeente.kernel.words import before
from gemeente.portal.tests.pages import ASK, asked, blank, filled, says

pytestmark = pytest.mark.django_db
TYPED = {"text": "De stoep ligt los bij de brug.", "wish": "Een veilige stoep", "name": "Hiltje de Vries"}


class TestAsk:
    def test_it_works_without_logging_in(self, client: Client) -> None:
        answer = client.post(ASK, filled(client, **TYPED), follow=True)
        held = Question.objects.get()
        assert (held.party, held.wish, held.asker_email) == (None, "Een veilige stoep", "hiltje@voorbeeld.nl")
        for words in (held.number, before(held.answer_due), teams()[held.team].name, "Een veilige stoep"):
            assert says(answer, words)

    def test_who_is_logged_in_says_nothing_that_we_know(self, client: Client) -> None:
        hiltje = register_resident(email="hiltje@voorbeeld.nl")
        log_in(client, hiltje)
        form = client.get(ASK).context["form"]
        assert [field.name for field in form.visible_fields()] == ["text", "wish", "documents"]
        client.post(ASK, blank(client) | {"text": "De stoep ligt los."}, follow=True)
        assert Question.objects.get().party == hiltje.id

    def test_nobody_becomes_a_resident_by_what_they_fill_in(self, client: Client) -> None:
        hiltje = register_resident(email="hiltje@voorbeeld.nl")
        held = asked(client, party=str(hiltje.id), question=str(hiltje.id), team="wmo", urgency="nu")
        assert (held.party, held.urgency) == (None, "normaal")

    def test_an_employee_who_asks_something_is_no_resident(self, client: Client) -> None:
        log_in(client, employee_with(Role.KCC))
        held = asked(client)
        assert (held.party, held.asker_name) == (None, "")

    def test_words_from_the_home_page_are_carried_over(self, client: Client) -> None:
        assert client.get(ASK, {"vraag": "Mijn pas is weg"}).context["form"]["text"].value() == "Mijn pas is weg"

    def test_it_comes_in_even_when_nobody_opens_the_confirmation(self, client: Client) -> None:
        assert client.post(ASK, filled(client)).status_code == 302
        assert IncomingMessage.objects.count() == 1


class TestTwice:
    def test_a_double_click_is_one_question(self, client: Client) -> None:
        form = filled(client)
        answers = [client.post(ASK, form, follow=True) for _ in range(3)]
        assert (Question.objects.count(), ContactMoment.objects.count()) == (1, 1)
        assert all(says(answer, Question.objects.get().number) for answer in answers)

    def test_going_back_and_writing_more_adds_to_the_same_question(self, client: Client) -> None:
        form = filled(client)
        client.post(ASK, form, follow=True)
        for _ in range(2):
            client.post(ASK, form | {"text": "De stoep ligt los, bij nummer 12."}, follow=True)
        held = Question.objects.get()
        texts = ContactMoment.objects.filter(question=held.id).order_by("at").values_list("text", flat=True)
        assert list(texts) == ["De stoep ligt los.", "De stoep ligt los, bij nummer 12."]

    def test_the_same_words_in_a_new_form_are_a_new_question(self, client: Client) -> None:
        for _ in range(2):
            asked(client)
        assert Question.objects.count() == 2


class TestMistakes:
    @pytest.mark.parametrize(
        ("wrong", "field", "words"),
        [
            ({"text": ""}, "text", "Schrijf uw vraag op."),
            ({"text": "  \n "}, "text", "Schrijf uw vraag op."),
            ({"text": "x" * 20_001}, "text", "Uw tekst is te lang."),
            ({"via": "email", "email": ""}, "email", "Vul uw e-mailadres in."),
            ({"email": "hiltje.voorbeeld.nl"}, "email", "Vul een adres in met een @."),
            ({"via": "phone"}, "phone", "Vul uw telefoonnummer in."),
            ({"via": "phone", "phone": "bel mij"}, "phone", "met alleen cijfers"),
            ({"via": "letter"}, "post", "Vul uw adres in."),
            ({"via": ""}, "via", "Kies hoe u antwoord wilt krijgen."),
        ],
    )
    def test_each_is_said_above_and_beside_the_field(
        self, client: Client, wrong: dict[str, str], field: str, words: str
    ) -> None:
        answer = client.post(ASK, filled(client, **wrong))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert not IncomingMessage.objects.exists()
        summary, _, form = page.partition('<form class="mg-card')
        assert words in summary
        assert f'href="#id_{field}"' in summary
        assert f'id="id_{field}"' in form
        beside = form[form.index(f'id="id_{field}_error"') :]
        assert words in beside[:400]
        assert re.search(rf'aria-describedby="[^"]*id_{field}_error', form)

    @pytest.mark.parametrize("wrong", [{"email": "fout"}, {"via": "phone"}, {"via": "post"}])
    def test_nothing_typed_is_lost(self, client: Client, wrong: dict[str, str]) -> None:
        form = filled(client, **TYPED | wrong)
        answer = client.post(ASK, form)
        assert answer.status_code == 422
        for name, value in (form | wrong).items():
            assert str(answer.context["form"][name].value()) == value
        for value in TYPED.values():
            assert says(answer, value)

    @pytest.mark.parametrize(
        "odd",
        [
            {"token": "nonsense"},
            {"token": ""},
            {"text": "nul\x00teken"},
            {"via": "telepathie"},
            {"phone": "06" * 500},
            {"drop": "nonsense"},
            {"drop": ""},
        ],
    )
    def test_an_odd_form_is_refused_and_breaks_nothing(self, client: Client, odd: dict[str, str]) -> None:
        assert client.post(ASK, filled(client, **odd)).status_code in (404, 422)
        assert not IncomingMessage.objects.exists()

    def test_words_are_shown_and_never_run(self, client: Client) -> None:
        answer = client.post(ASK, filled(client, text="<script>alert(1)</script>", email="fout"))
        assert not says(answer, "<script>")
        assert says(answer, "&lt;script&gt;alert(1)")

    def test_more_than_any_form_holds_is_refused_before_it_is_read(self, client: Client) -> None:
        answer = client.generic("POST", ASK, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH="25000001")
        assert answer.status_code == 413
        assert says(answer, "groter dan 20 MB")


class TestExpiredForm:
    def test_what_was_typed_stands_on_the_page_and_goes_after_all(self) -> None:
        client = Client(enforce_csrf_checks=True)
        form = filled(client, **TYPED)
        expired = client.post(ASK, form)
        assert expired.status_code == 403
        assert not IncomingMessage.objects.exists()
        for value in form.values():
            assert says(expired, value)
        again = client.post(ASK, form | {"csrfmiddlewaretoken": str(expired.context["csrf_token"])}, follow=True)
        assert again.status_code == 200
        assert Question.objects.get().wish == TYPED["wish"]


class TestConfirmation:
    def sent(self, client: Client, **given: Any) -> str:
        location: str = client.post(ASK, filled(client, **given))["Location"]
        return location

    def test_its_link_is_signed(self, client: Client) -> None:
        link = self.sent(client)
        for forged in (link[:-2] + "/", "/stel-uw-vraag/verstuurd/x/", link.replace(":", ";")):
            assert client.get(forged).status_code == 404

    def test_its_link_lasts_as_long_as_a_session(self, client: Client) -> None:
        link = self.sent(client)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(settings, "SESSION_COOKIE_AGE", timedelta(seconds=-1).total_seconds())
            assert client.get(link).status_code == 404

    def test_it_tells_in_danger_whom_to_call_first(self, client: Client) -> None:
        answer = client.get(self.sent(client, text="Help, ik ruik gas in huis en het wordt erger"))
        page = answer.content.decode()
        assert 0 < page.index("0800 9009") < page.index("Uw vraag is verstuurd</h1>")

    def test_the_asker_puts_right_what_we_misunderstood_once(self, client: Client) -> None:
        link = self.sent(client)
        for _ in range(2):
            assert client.post(link, {"text": "Ik bedoel de brug."}).status_code == 302
        held = Question.objects.get()
        texts = ContactMoment.objects.filter(question=held.id).order_by("at").values_list("text", flat=True)
        assert list(texts) == ["De stoep ligt los.", "Ik bedoel de brug."]

    @pytest.mark.parametrize("text", ["", "   "])
    def test_a_correction_without_words_is_none(self, client: Client, text: str) -> None:
        link = self.sent(client)
        assert client.post(link, {"text": text}).status_code == 200
        assert ContactMoment.objects.count() == 1

    def test_who_is_not_known_sees_no_link_into_the_portal(self, client: Client) -> None:
        answer = client.get(self.sent(client))
        assert not says(answer, f"/vragen/{Question.objects.get().number}/")

    def test_reading_it_again_later_changes_nothing(self, client: Client) -> None:
        link = self.sent(client)
        client.get(link)
        with clock.told_at(clock.now() + timedelta(hours=1)):
            client.get(link)
        assert ContactMoment.objects.count() == 1
