"""The Postbus: what a resident received, and writing back as that resident over the real road."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from gemeente.access.types import system
from gemeente.adapters.local_mail import Delivery, deliver
from gemeente.adapters.maildir import MaildirMailbox, maildir_of
from gemeente.adapters.tests.smtp_server import SmtpServer
from gemeente.channels.commands import receive_mail
from gemeente.channels.mail.compose import compose_mail
from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.ports import MailTransport
from gemeente.channels.sender import send_due
from gemeente.contact.commands import take_in_message
from gemeente.demonstration import postbus
from gemeente.kernel import clock
from gemeente.kernel.ports import port

OWNER = "roelof"
ADDRESS = "r.hoekstra@voorbeeld.nl"
MUNICIPALITY = "gemeente@voorbeeld.nl"
MACHINE = system("Test")


@pytest.fixture
def office(tmp_path: Path, settings: LazySettings) -> Iterator[SmtpServer]:
    """A running mail server, and the settings of a demonstration that uses it."""
    settings.DEMONSTRATION = True
    settings.LOCAL_MAIL = tmp_path
    with SmtpServer(Delivery(tmp_path), enable_SMTPUTF8=True) as server:
        carrier = {
            "ADAPTER": "gemeente.adapters.smtp.SmtpTransport",
            "OPTIONS": {"host": "127.0.0.1", "port": server.port, "tls": "off"},
        }
        settings.PORTS = settings.PORTS | {"gemeente.channels.ports.MailTransport": carrier}
        yield server


def letter(
    subject: str = "Wij kijken vandaag naar uw stoep", text: str = "Beste meneer Hoekstra,", nth: int = 1
) -> bytes:
    return compose_mail(
        sender=MUNICIPALITY,
        sender_name="Gemeente Groningen",
        to=ADDRESS,
        to_name="Roelof Hoekstra",
        subject=subject,
        text=text,
        language="nl",
        message_id=f"<nummer{nth}@voorbeeld.nl>",
        in_reply_to="",
        references=(),
        reply_to="gemeente+abc@voorbeeld.nl",
        automatic=False,
        written_at=clock.now(),
    ).as_bytes()


def receive(folder: Path, *raws: bytes, address: str = ADDRESS) -> None:
    for raw in raws:
        deliver(maildir_of(folder, address), raw)


def arrived(folder: Path) -> list[bytes]:
    return [mail.raw for mail in MaildirMailbox(str(folder), MUNICIPALITY).fetch(10)]


def opened_url(client: Client) -> str:
    page = client.get(f"/postbus/{OWNER}/").content.decode()
    found = re.search(rf'href="(/postbus/{OWNER}/[^/"]+/)#mail"', page)
    assert found
    return found[1]


@pytest.mark.usefixtures("office")
class TestBoxes:
    def test_it_works(self, client: Client) -> None:
        page = client.get("/postbus/")
        assert page.status_code == 200
        assert "Roelof Hoekstra" in page.content.decode()
        assert "Nog geen e-mail" in page.content.decode()

    def test_each_resident_stands_there_with_how_many_mails_came(self, client: Client, tmp_path: Path) -> None:
        receive(tmp_path, letter(), letter())
        page = client.get("/postbus/").content.decode()
        assert "2 e-mails" in page
        assert "2 nieuw" in page

    def test_who_asked_without_logging_in_has_a_mailbox_too_and_no_address_in_its_url(
        self, client: Client, tmp_path: Path
    ) -> None:
        receive(tmp_path, letter(), address="Iemand.Anders@elders.example")
        page = client.get("/postbus/").content.decode()
        (other,) = postbus.others()
        assert "iemand.anders@elders.example" in page
        assert "@" not in "".join(re.findall(r'href="(/postbus/[^"]*)"', page))
        assert client.get(f"/postbus/{other.key}/").status_code == 200

    def test_of_those_the_latest_stands_first(self, tmp_path: Path) -> None:
        for nth, name in enumerate(("b", "c", "a")):
            receive(tmp_path, letter(), address=f"{name}@elders.example")
            os.utime(maildir_of(tmp_path, f"{name}@elders.example") / "new", (nth, nth))
        assert [other.address[0] for other in postbus.others()] == ["a", "c", "b"]

    def test_the_mailbox_of_the_municipality_is_not_shown(self, tmp_path: Path) -> None:
        receive(tmp_path, letter(), address=MUNICIPALITY)
        assert postbus.others() == []

    def test_choosing_a_name_goes_to_that_mailbox(self, client: Client) -> None:
        assert client.get(f"/postbus/?van={OWNER}")["Location"] == f"/postbus/{OWNER}/"

    @pytest.mark.parametrize("url", ["/postbus/niemand/", "/postbus/?van=niemand", f"/postbus/{OWNER}/geen-mail/"])
    def test_what_is_not_there_is_not_found(self, client: Client, url: str) -> None:
        assert client.get(url).status_code == 404


@pytest.mark.usefixtures("office")
class TestReading:
    def test_the_newest_mail_stands_on_top(self, client: Client, tmp_path: Path) -> None:
        receive(tmp_path, letter("Eerste"), letter("Tweede"), letter("Derde"))
        page = client.get(f"/postbus/{OWNER}/").content.decode()
        assert page.index("Derde") < page.index("Tweede") < page.index("Eerste")

    def test_there_are_twenty_on_a_page(self, client: Client, tmp_path: Path) -> None:
        receive(tmp_path, *(letter(f"Mail nummer {number:02}") for number in range(25)))
        first = client.get(f"/postbus/{OWNER}/").content.decode()
        second = client.get(f"/postbus/{OWNER}/?bladzijde=2").content.decode()
        assert (first.count("Mail nummer"), second.count("Mail nummer")) == (20, 5)
        assert "?bladzijde=2" in first

    def test_an_opened_mail_shows_its_words_and_is_no_longer_new(self, client: Client, tmp_path: Path) -> None:
        receive(tmp_path, letter(text="Beste meneer Hoekstra,\n\nWij kijken vandaag.\n\n- Eén\n- Twee"))
        assert "is-new" in client.get(f"/postbus/{OWNER}/").content.decode()
        page = client.get(opened_url(client)).content.decode()
        assert "<p>Wij kijken vandaag.</p>" in page
        assert "<li>Eén</li>" in page
        assert "is-new" not in page

    def test_a_mail_that_was_opened_can_be_opened_again(self, client: Client, tmp_path: Path) -> None:
        receive(tmp_path, letter())
        url = opened_url(client)
        assert [client.get(url).status_code for _ in range(2)] == [200, 200]

    def test_the_whole_mail_is_plain_text(self, client: Client, tmp_path: Path) -> None:
        raw = letter()
        receive(tmp_path, raw)
        source = client.get(f"{opened_url(client)}bron/")
        assert source["Content-Type"] == "text/plain; charset=utf-8"
        assert source.content == raw

    def test_a_script_in_a_mail_does_not_reach_the_page(self, client: Client, tmp_path: Path) -> None:
        evil = b"Subject: <script>alert(1)</script>\r\nContent-Type: text/html\r\n\r\n<p onclick=x>Hoi<script>alert(1)</script>"
        receive(tmp_path, evil)
        page = client.get(opened_url(client)).content.decode()
        assert "<script" not in page
        assert "onclick" not in page

    def test_a_key_cannot_point_at_another_file(self, client: Client, tmp_path: Path) -> None:
        receive(tmp_path, letter())
        receive(tmp_path, letter("Geheim"), address=MUNICIPALITY)
        (secret,) = (maildir_of(tmp_path, MUNICIPALITY) / "new").iterdir()
        assert client.get(f"/postbus/{OWNER}/..%2F..%2F{MUNICIPALITY}%2Fnew%2F{secret.name}/").status_code == 404


class TestWriting:
    def test_a_new_mail_arrives_at_the_municipality_from_the_resident(
        self, client: Client, office: SmtpServer, tmp_path: Path
    ) -> None:
        answer = client.post(f"/postbus/{OWNER}/", {"subject": "Losse stoep", "text": "Er liggen twee tegels los."})
        assert answer["Location"] == f"/postbus/{OWNER}/?verstuurd=ja"
        assert "verstuurd" in client.get(answer["Location"]).content.decode()
        (raw,) = arrived(tmp_path)
        mail = parse_mail(raw)
        assert (mail.from_address, mail.from_name) == (ADDRESS, "Roelof Hoekstra")
        assert (mail.subject, mail.text) == ("Losse stoep", "Er liggen twee tegels los.")

    def test_an_answer_refers_to_its_mail_and_goes_to_the_address_that_asks_for_it(
        self, client: Client, office: SmtpServer, tmp_path: Path
    ) -> None:
        receive(tmp_path, letter())
        client.post(opened_url(client), {"text": "Dank u."})
        (raw,) = arrived(tmp_path)
        mail = parse_mail(raw)
        assert (mail.subject, mail.text) == ("Re: Wij kijken vandaag naar uw stoep", "Dank u.")
        assert (mail.in_reply_to, mail.references) == ("<nummer1@voorbeeld.nl>", ("<nummer1@voorbeeld.nl>",))
        assert mail.delivered_to == ("gemeente+abc@voorbeeld.nl",)
        assert "> Beste meneer Hoekstra," in mail.quoted

    @pytest.mark.usefixtures("office")
    def test_a_form_without_words_says_so_and_sends_nothing(self, client: Client, tmp_path: Path) -> None:
        answer = client.post(f"/postbus/{OWNER}/", {"subject": "Losse stoep", "text": "  "})
        assert answer.status_code == 422
        assert "Schrijf een tekst" in answer.content.decode()
        assert 'value="Losse stoep"' in answer.content.decode()
        assert arrived(tmp_path) == []

    def test_when_the_mail_server_is_away_the_words_stay(self, client: Client, office: SmtpServer) -> None:
        office.stop()
        answer = client.post(f"/postbus/{OWNER}/", {"text": "Er liggen twee tegels los."})
        assert answer.status_code == 422
        assert "De mailserver antwoordt niet" in answer.content.decode()
        assert "Er liggen twee tegels los." in answer.content.decode()

    @pytest.mark.usefixtures("office")
    def test_without_the_token_of_the_form_nothing_is_sent(self, tmp_path: Path) -> None:
        answer = Client(enforce_csrf_checks=True).post(f"/postbus/{OWNER}/", {"text": "Hallo"})
        assert answer.status_code == 403
        assert arrived(tmp_path) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("office")
def test_a_question_its_confirmation_and_the_answer_to_that_are_one_thread(client: Client, tmp_path: Path) -> None:
    client.post(f"/postbus/{OWNER}/", {"subject": "Losse stoep", "text": "Voor mijn huis ligt een tegel los."})
    question = _take_in(tmp_path)
    assert send_due(port(MailTransport)) == 1
    client.post(opened_url(client), {"text": "Het zijn er intussen twee."})
    assert _take_in(tmp_path) == question


def _take_in(folder: Path) -> object:
    box = MaildirMailbox(str(folder), MUNICIPALITY)
    (fetched,) = box.fetch(10)
    _, message = receive_mail(actor=MACHINE, raw=fetched.raw)
    box.keep(fetched.uid)
    return take_in_message(actor=MACHINE, message=message).question


class TestLogIn:
    @pytest.mark.usefixtures("office")
    def test_everybody_of_the_demonstration_can_be_chosen(self, client: Client) -> None:
        page = client.get("/inloggen/?then=/vragen/").content.decode()
        assert 'name="then" value="/vragen/"' in page
        assert "Roelof Hoekstra" in page
        assert 'value="employee:jan"' in page

    @pytest.mark.usefixtures("office")
    @pytest.mark.parametrize("then", ["https://elders.example/", "//elders.example", "javascript:alert(1)"])
    def test_it_sends_nobody_to_another_site(self, client: Client, then: str) -> None:
        assert 'name="then" value=""' in client.get("/inloggen/", {"then": then}).content.decode()


@pytest.mark.parametrize("url", ["/inloggen/", "/postbus/", f"/postbus/{OWNER}/", f"/postbus/{OWNER}/1/"])
def test_outside_a_demonstration_none_of_this_is_there(client: Client, settings: LazySettings, url: str) -> None:
    settings.DEMONSTRATION = False
    assert client.get(url).status_code == 404
