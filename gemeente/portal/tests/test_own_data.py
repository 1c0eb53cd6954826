"""One's own data: each choice is really made, a mistake costs nothing, and an address counts only when it is confirmed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from gemeente.access.types import ANONYMOUS, Actor, Role
from gemeente.audit.models import Entry
from gemeente.channels.models import OutgoingMessage
from gemeente.channels.types import Channel
from gemeente.config.tests.people import ADMINISTRATOR, employee_with, log_in, register_resident
from gemeente.contact.tests.talk import answer, ask, sent_about
from gemeente.kernel.consumer import consume_batch
from gemeente.kernel.errors import DomainError, NotAllowed
from gemeente.portal.tests.pages import says
from gemeente.residents import commands
from gemeente.residents.models import Party
from gemeente.residents.queries import own_details, party_by_verified_email, verified_email
from gemeente.residents.types import AddressKind, NewParty, PartyKind, ReachBy

pytestmark = pytest.mark.django_db
PAGE = "/gegevens/"
OLD, NEW = "hiltje@voorbeeld.nl", "nieuw@voorbeeld.nl"


@pytest.fixture
def hiltje(client: Client) -> Actor:
    hiltje = register_resident(email=OLD)
    Party.objects.filter(id=hiltje.key).update(
        street="Korreweg", house_number="214", postcode="9715AB", place="Groningen"
    )
    log_in(client, hiltje)
    return hiltje


def mailed() -> list[OutgoingMessage]:
    """Let the machine do what waits; return the mails that ask to confirm an address."""
    consume_batch()
    return list(OutgoingMessage.objects.filter(kind="address").order_by("queued_at"))


def link_in(mail: OutgoingMessage) -> str:
    (found,) = re.findall(rf"{re.escape(settings.PUBLIC_URL)}(/\S+)", mail.text)
    return str(found)


def change(client: Client, *, email: str = NEW, phone: str = "") -> int:
    return client.post(PAGE, {"deel": "bereiken", "email": email, "phone": phone}).status_code


class TestReaching:
    def test_a_phone_number_is_really_saved_and_the_page_says_so(self, client: Client, hiltje: Actor) -> None:
        saved = client.post(PAGE, {"deel": "bereiken", "email": OLD, "phone": "06 1234 5678"}, follow=True)
        assert says(saved, "Opgeslagen.")
        assert says(saved, 'value="06 1234 5678"')
        assert says(saved, "Nog niet bevestigd")
        assert verified_email(hiltje.key) == OLD
        assert mailed() == []

    @pytest.mark.parametrize(
        ("email", "phone"), [("geen adres", ""), ("", "bel maar"), ("x" * 250 + "@v.nl", ""), (OLD, "        ---")]
    )
    def test_a_mistake_stands_beside_its_field_and_nothing_is_lost(
        self, client: Client, hiltje: Actor, email: str, phone: str
    ) -> None:
        Party.objects.filter(id=hiltje.key).update(notice_channel=ReachBy.WEB)
        page = client.post(PAGE, {"deel": "bereiken", "email": email, "phone": phone})
        assert page.status_code == 422
        form = page.context["forms"]["bereiken"]
        assert (form["email"].value(), form["phone"].value()) == (email, phone)
        assert says(page, "mg-field__error")
        assert says(page, "Uw gegevens zijn nog niet opgeslagen")
        assert own_details(hiltje.key).email == OLD

    def test_what_one_chose_to_be_reached_by_cannot_be_emptied(self, client: Client, hiltje: Actor) -> None:
        page = client.post(PAGE, {"deel": "bereiken", "email": "", "phone": ""})
        assert page.status_code == 422
        assert says(page, "U wilt bericht per e-mail. Kies eerst een andere manier.")
        with pytest.raises(DomainError):
            commands.change_contact_details(actor=hiltje, email="", phone="")
        assert verified_email(hiltje.key) == OLD

    def test_who_needs_no_mail_may_take_the_address_away(self, client: Client, hiltje: Actor) -> None:
        Party.objects.filter(id=hiltje.key).update(notice_channel=ReachBy.LETTER)
        assert change(client, email="") == 302
        assert own_details(hiltje.key).email == ""

    def test_nobody_changes_it_for_another_and_the_deed_is_audited(self, hiltje: Actor) -> None:
        for other in (ANONYMOUS, employee_with(Role.KCC), ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                commands.change_contact_details(actor=other, email=NEW, phone="")
            with pytest.raises(NotAllowed):
                commands.choose_preferences(
                    actor=other, answers=ReachBy.WEB, notices=ReachBy.WEB, asked_afterwards=True
                )
            with pytest.raises(NotAllowed):
                commands.choose_print(actor=other, large=True)
        commands.change_contact_details(actor=hiltje, email=NEW, phone="")
        line = Entry.objects.get(action="change_contact_details")
        assert (line.subject, line.actor_id, line.purpose) == (hiltje.id, hiltje.id, "eigen zaken regelen")
        assert NEW not in str(line.__dict__)


class TestConfirming:
    def test_a_new_address_counts_once_its_link_was_followed_and_the_old_one_until_then(
        self, client: Client, hiltje: Actor
    ) -> None:
        change(client)
        (mail,) = mailed()
        assert (mail.to_address, mail.question) == (NEW, None)
        assert verified_email(hiltje.key) == OLD
        assert says(client.get(PAGE), f"Tot dan mailen wij naar {OLD}.")
        reader = Client()
        assert says(reader.get(link_in(mail)), "Ja, dit is mijn adres")
        assert verified_email(hiltje.key) == OLD
        assert says(reader.post(link_in(mail)), "Uw e-mailadres is bevestigd")
        assert verified_email(hiltje.key) == NEW
        assert party_by_verified_email(OLD) is None
        assert says(client.get(PAGE), ">Bevestigd<")
        assert reader.post(link_in(mail)).status_code == 200

    def test_link_and_mail_tell_nothing_of_who_gave_the_address(self, client: Client, hiltje: Actor) -> None:
        change(client)
        (mail,) = mailed()
        assert hiltje.key.hex not in link_in(mail)
        for private in ("Hiltje", "Vries", NEW, OLD):
            assert private not in f"{mail.subject} {mail.text} {mail.to_name}"
            assert not says(Client().get(link_in(mail)), private)

    def test_a_link_is_good_for_three_days(self, client: Client, hiltje: Actor) -> None:
        change(client)
        link = link_in(mailed()[0])
        now = datetime.now(UTC)
        with time_machine.travel(now + timedelta(days=2, hours=23)):
            assert client.get(link).status_code == 200
        with time_machine.travel(now + timedelta(days=3, minutes=1)):
            page = Client().post(link)
        assert page.status_code == 404
        assert says(page, "Deze link werkt niet meer.")
        assert verified_email(hiltje.key) == OLD

    def test_a_link_to_an_address_that_was_replaced_or_forged_confirms_nothing(
        self, client: Client, hiltje: Actor
    ) -> None:
        change(client)
        link = link_in(mailed()[0])
        change(client, email="ander@voorbeeld.nl")
        for dead in (link, link[:-2] + "x/", "/gegevens/bevestig/x/", "/gegevens/bevestig/" + "a:b:c" * 50 + "/"):
            assert Client().post(dead).status_code == 404
        assert verified_email(hiltje.key) == OLD

    def test_nobody_is_flooded_by_asking_again_and_again(self, client: Client, hiltje: Actor) -> None:
        for email in (NEW, NEW, OLD, NEW, NEW):
            change(client, email=email)
        (mail,) = mailed()
        Client().post(link_in(mail))
        assert verified_email(hiltje.key) == NEW

    def test_back_to_the_confirmed_address_needs_no_link(self, client: Client, hiltje: Actor) -> None:
        change(client)
        change(client, email=OLD.upper())
        details = own_details(hiltje.key)
        assert (details.email, details.email_verified, details.email_until_then) == (OLD.upper(), True, "")

    def test_what_was_confirmed_stays_so_when_it_is_registered_again(self, client: Client, hiltje: Actor) -> None:
        change(client)
        Client().post(link_in(mailed()[0]))
        commands.register_address(actor=ADMINISTRATOR, party=hiltje.key, kind=AddressKind.EMAIL, value=NEW)
        assert verified_email(hiltje.key) == NEW


class TestChoosing:
    def choose(self, client: Client, answers: str, notices: str) -> int:
        return client.post(PAGE, {"deel": "berichten", "answers": answers, "notices": notices}).status_code

    def test_post_means_post_also_for_what_is_no_answer(self, client: Client, hiltje: Actor) -> None:
        assert self.choose(client, "letter", "letter") == 302
        held = ask(by=hiltje)
        assert held.reply_channel == Channel.LETTER
        answer(employee_with(Role.KCC), held.id, "Wij komen morgen.", via=Channel.WEB)
        letters = sent_about(held.id)
        assert [one.channel for one in letters] == [Channel.LETTER, Channel.LETTER]
        assert all(one.to_address == "Korreweg 214, 9715AB Groningen" for one in letters)
        assert "Wij komen morgen." in letters[-1].text

    def test_who_chose_mijngroningen_gets_no_second_notice_of_the_same(self, client: Client, hiltje: Actor) -> None:
        assert self.choose(client, "web", "web") == 302
        held = ask(by=hiltje)
        answer(employee_with(Role.KCC), held.id, via=Channel.WEB)
        assert sent_about(held.id) == []

    def test_who_chose_mail_gets_mail(self, client: Client, hiltje: Actor) -> None:
        assert self.choose(client, "email", "email") == 302
        held = ask(by=hiltje)
        assert (held.reply_channel, [one.channel for one in sent_about(held.id)]) == (Channel.EMAIL, [Channel.EMAIL])

    def test_an_answer_chosen_by_an_employee_goes_that_way(self, client: Client, hiltje: Actor) -> None:
        self.choose(client, "web", "web")
        held = ask(by=hiltje)
        answer(employee_with(Role.KCC), held.id, via=Channel.EMAIL)
        assert [one.channel for one in sent_about(held.id)] == [Channel.EMAIL]

    def test_an_address_of_which_we_are_not_sure_does_not_bind_an_answer(self) -> None:
        unsure = register_resident(email=NEW, verified=False)
        commands.choose_preferences(actor=unsure, answers=ReachBy.EMAIL, notices=ReachBy.EMAIL, asked_afterwards=True)
        assert ask(by=unsure).reply_channel == Channel.WEB

    @pytest.mark.parametrize(
        ("answers", "notices"), [("phone", "email"), ("web", "phone"), ("pigeon", "web"), ("", "")]
    )
    def test_a_way_that_cannot_reach_them_is_refused_beside_the_choice(
        self, client: Client, hiltje: Actor, answers: str, notices: str
    ) -> None:
        assert self.choose(client, answers, notices) == 422
        assert own_details(hiltje.key).card.preferred_channel == "web"

    def test_the_command_refuses_it_too(self, hiltje: Actor) -> None:
        with pytest.raises(DomainError):
            commands.choose_preferences(actor=hiltje, answers=ReachBy.PHONE, notices=ReachBy.WEB, asked_afterwards=True)

    def test_large_print_is_set_and_set_back(self, client: Client, hiltje: Actor) -> None:
        client.post(PAGE, {"deel": "lezen", "large": "on"})
        assert own_details(hiltje.key).card.large_print
        client.post(PAGE, {"deel": "lezen"})
        assert not own_details(hiltje.key).card.large_print

    def test_a_new_word_from_the_register_leaves_their_choices(self, client: Client, hiltje: Actor) -> None:
        self.choose(client, "letter", "web")
        client.post(PAGE, {"deel": "lezen", "large": "on"})
        moved = NewParty(
            kind=PartyKind.PERSON, id=hiltje.id, family_name="Vries", street="Ebbingestraat", place="Groningen"
        )
        commands.register_party(actor=ADMINISTRATOR, party=moved)
        card = own_details(hiltje.key).card
        assert (card.street, card.preferred_channel, card.notice_channel, card.large_print) == (
            "Ebbingestraat",
            "letter",
            "web",
            True,
        )


class TestPage:
    def test_it_shows_what_the_register_says_and_how_to_have_it_put_right(self, client: Client, hiltje: Actor) -> None:
        page = client.get(PAGE)
        for words in ("Korreweg 214", "Basisregistratie Personen", "/stel-uw-vraag/?vraag=Mijn%20naam", "Annuleren"):
            assert says(page, words)

    def test_it_says_how_one_is_logged_in(self, client: Client, hiltje: Actor) -> None:
        assert says(client.get(PAGE), "U logde in zonder bewijs.")
        session = client.session
        session["means"], session["level"] = "DigiD", "midden"
        session.save()
        assert says(client.get(PAGE), "Met DigiD, niveau midden.")

    def test_a_number_in_the_register_stays_inside(self, client: Client, hiltje: Actor) -> None:
        Party.objects.filter(id=hiltje.key).update(bsn="999990019")
        assert not says(client.get(PAGE), "999990019")

    def test_nonsense_changes_nothing(self, client: Client, hiltje: Actor) -> None:
        before = own_details(hiltje.key)
        for sent in ({}, {"deel": "alles"}, {"deel": "bereiken\0"}):
            assert client.post(PAGE, sent).status_code == 200
        assert client.get(PAGE, {"opgeslagen": "<script>"}).status_code == 200
        assert own_details(hiltje.key) == before

    def test_an_evidence_given_address_keeps_its_evidence(self, client: Client, hiltje: Actor) -> None:
        commands.register_address(
            actor=ADMINISTRATOR, party=hiltje.key, kind=AddressKind.PHONE, value="050 765 43 21", evidence="balie"
        )
        change(client, email=OLD, phone="0507654321")
        assert own_details(hiltje.key).phone_verified
