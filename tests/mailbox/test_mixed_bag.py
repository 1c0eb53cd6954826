"""A mailbox with a mixed bag of mail goes in through IMAP, becomes threads, and is confirmed through SMTP.

The servers are real: a Dovecot, and an SMTP server; the worker's own steps do the work.
"""

from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

import pytest

from gemeente.adapters.tests.dovecot import PASSWORD, Dovecot
from gemeente.adapters.tests.smtp_server import Postman, SmtpServer
from gemeente.channels.mail.tests.samples import mail, mixed, part
from gemeente.channels.models import IncomingMessage
from gemeente.channels.ports import MailTransport
from gemeente.channels.sender import send_due
from gemeente.config.worker import MailboxReader
from gemeente.contact.models import ContactMoment, Question
from gemeente.kernel.consumer import consume_batch
from gemeente.kernel.ports import port

ACCOUNT = "gemeente"


def bag() -> list[bytes]:
    """Return mail as it comes in on a working day: from people, programs and machines, some of it broken."""

    def sent(name: str, body: str | bytes = "De straatlamp is kapot.", /, **fields: str | None) -> bytes:
        known = {"message_id": f"<{name}@voorbeeld.nl>", "from": f"{name}@voorbeeld.nl", "subject": name}
        return mail(body, **known | fields)

    html = mixed(
        part("<p>Wij gaan <b>trouwen</b>.<script>alert(1)</script></p>", content_type="text/html; charset=utf-8"),
        message_id="<html@voorbeeld.nl>",
        **{"from": "html@voorbeeld.nl"},
        subject="html",
    )
    return [
        sent("gewoon"),
        sent(
            "latin",
            "Caf\u00e9 op de hoek maakt herrie".encode("latin-1"),
            content_type="text/plain; charset=iso-8859-1",
        ),
        sent("liegt", "Mijn pas is gestolen, caf\u00e9".encode("latin-1"), content_type="text/plain; charset=utf-8"),
        sent("leeg", ""),
        html,
        sent(
            "kapot",
            "--grens\r\nContent-Type: text/plain\r\n\r\nMijn kliko is weg",
            content_type="multipart/mixed; boundary=grens",
        ),
        sent("zonderid", message_id=None),
        sent("nullen", b"Mijn\x00 paspoort\x00 is verlopen"),
        sent("gewoon"),  # the same mail once more
        sent("weg", "Ik ben met vakantie", auto_submitted="auto-replied"),
        sent("lijst", "Nieuws van de week", list_id="<nieuws.voorbeeld.nl>", precedence="bulk"),
        mail(
            "Ik heb nog een foto.",
            message_id="<later@voorbeeld.nl>",
            **{"from": "gewoon@voorbeeld.nl"},
            subject="Re: gewoon",
            in_reply_to="<gewoon@voorbeeld.nl>",
            references="<gewoon@voorbeeld.nl>",
        ),
        b"\xff\xfe\x00 geen mail",
    ]


@pytest.fixture
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.mark.django_db
def test_a_mixed_bag_becomes_threads_and_is_confirmed(dovecot: Dovecot, postman: Postman, settings: Any) -> None:
    with dovecot.client(ACCOUNT) as box:
        for raw in bag():
            box.append("INBOX", raw)
    with SmtpServer(postman) as smtp:
        _connect(settings, dovecot.port, smtp.port)
        _work()
        answered = {recipient for recipient, _ in postman.taken}

    people = ["gewoon", "latin", "liegt", "leeg", "html", "kapot", "zonderid", "nullen"]
    assert answered == {f"{name}@voorbeeld.nl" for name in people}
    assert len(postman.taken) == len(people)
    for name in people:
        (held,) = Question.objects.filter(asker_email=f"{name}@voorbeeld.nl")
        assert ContactMoment.objects.filter(question=held.id).count() == (2 if name == "gewoon" else 1)
    _, confirmation = postman.taken[0]
    read = message_from_bytes(confirmation, policy=policy.default)
    assert read["Auto-Submitted"] == "auto-replied"
    assert read["In-Reply-To"]
    assert sorted(IncomingMessage.objects.filter(state="set_aside").values_list("why_set_aside", flat=True)) == [
        "auto-reply",
        "list",
    ]
    assert not IncomingMessage.objects.filter(state="accepted").exists()
    with dovecot.client(ACCOUNT) as box:
        box.select_folder("INBOX")
        assert box.search("UNSEEN") == []


def _connect(settings: Any, imap: int, smtp: int) -> None:
    near = {"host": "127.0.0.1", "tls": "off"}
    settings.PORTS = settings.PORTS | {
        "gemeente.channels.ports.Mailbox": {
            "ADAPTER": "gemeente.adapters.imap.ImapMailbox",
            "OPTIONS": near | {"port": imap, "username": ACCOUNT, "password": PASSWORD, "folder": "INBOX"},
        },
        "gemeente.channels.ports.MailTransport": {
            "ADAPTER": "gemeente.adapters.smtp.SmtpTransport",
            "OPTIONS": near | {"port": smtp, "username": "", "password": ""},
        },
    }


def _work() -> None:
    reader, transport = MailboxReader(), port(MailTransport)
    while reader.step():
        pass
    while consume_batch() or send_due(transport):
        pass
    transport.close()
