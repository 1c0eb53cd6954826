"""The mail server of the demonstration: what it took is on disk, each recipient's copy in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from gemeente.adapters.local_mail import SIZE_AT_MOST, Delivery
from gemeente.adapters.maildir import MaildirMailbox
from gemeente.adapters.smtp import SmtpTransport
from gemeente.adapters.tests.smtp_server import SmtpServer
from gemeente.channels.ports import RecipientRefused, TransportUnavailable
from gemeente.config.run.tests.waiting import wait_for


def mail(text: str = "Hallo") -> EmailMessage:
    made = EmailMessage()
    made["From"] = "roelof@voorbeeld.nl"
    made["Subject"] = "Losse stoep"
    made.set_content(text)
    return made


def received(folder: Path, address: str) -> list[bytes]:
    return [fetched.raw for fetched in MaildirMailbox(str(folder), address).fetch(100)]


@pytest.fixture
def transport(tmp_path: Path) -> Iterator[SmtpTransport]:
    with SmtpServer(Delivery(tmp_path), data_size_limit=SIZE_AT_MOST, enable_SMTPUTF8=True) as server:
        made = SmtpTransport("127.0.0.1", server.port, tls="off")
        yield made
        made.close()


class TestDelivery:
    def test_a_mail_lands_in_the_folder_of_its_address(self, tmp_path: Path, transport: SmtpTransport) -> None:
        transport.send(mail(), "hiltje@voorbeeld.nl")
        (raw,) = received(tmp_path, "hiltje@voorbeeld.nl")
        assert raw.startswith(b"Return-Path: <roelof@voorbeeld.nl>\r\nDelivered-To: hiltje@voorbeeld.nl\r\n")
        assert raw.endswith(b"\r\n\r\nHallo\r\n")

    def test_a_signed_reply_address_lands_in_the_mailbox_and_stays_readable(
        self, tmp_path: Path, transport: SmtpTransport
    ) -> None:
        transport.send(mail(), "Gemeente+AbC23@voorbeeld.nl")
        (raw,) = received(tmp_path, "gemeente@voorbeeld.nl")
        assert b"\r\nDelivered-To: Gemeente+AbC23@voorbeeld.nl\r\n" in raw

    def test_every_recipient_has_their_own_copy(self, tmp_path: Path, transport: SmtpTransport) -> None:
        transport.send(mail(), "een@voorbeeld.nl")
        assert transport.connection
        transport.connection.sendmail(
            "a@voorbeeld.nl", ["een@voorbeeld.nl", "twee@voorbeeld.nl", "een@voorbeeld.nl"], b"Subject: x\r\n\r\ny\r\n"
        )
        assert len(received(tmp_path, "een@voorbeeld.nl")) == 2
        assert len(received(tmp_path, "twee@voorbeeld.nl")) == 1

    def test_a_mail_from_nobody_such_as_a_bounce_is_taken(self, tmp_path: Path, transport: SmtpTransport) -> None:
        transport.send(mail(), "een@voorbeeld.nl")
        assert transport.connection
        transport.connection.sendmail("", ["twee@voorbeeld.nl"], b"Subject: x\r\n\r\ny\r\n")
        (raw,) = received(tmp_path, "twee@voorbeeld.nl")
        assert raw.startswith(b"Return-Path: <>\r\n")

    def test_an_international_address_has_a_folder_too(self, tmp_path: Path, transport: SmtpTransport) -> None:
        transport.send(mail(), "jürgen@voorbeeld.nl")
        assert len(received(tmp_path, "jürgen@voorbeeld.nl")) == 1

    def test_an_address_that_points_elsewhere_stays_inside_the_mail_folder(
        self, tmp_path: Path, transport: SmtpTransport
    ) -> None:
        transport.send(mail(), '"../../../outside"@voorbeeld.nl')
        assert [box.parent for box in tmp_path.iterdir()] == [tmp_path]

    @pytest.mark.parametrize("address", ["postmaster", "a" * 300 + "@voorbeeld.nl"])
    def test_what_cannot_be_a_folder_is_refused(self, transport: SmtpTransport, address: str) -> None:
        with pytest.raises(RecipientRefused):
            transport.send(mail(), address)

    def test_a_mail_that_is_too_large_is_refused(self, tmp_path: Path) -> None:
        with SmtpServer(Delivery(tmp_path), data_size_limit=1000) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            with pytest.raises((RecipientRefused, TransportUnavailable)):
                transport.send(mail("x" * 2000), "een@voorbeeld.nl")
            transport.close()
        assert received(tmp_path, "een@voorbeeld.nl") == []

    def test_what_cannot_be_written_is_not_taken(self, tmp_path: Path, transport: SmtpTransport) -> None:
        (tmp_path / "een@voorbeeld.nl").write_text("a file where the folder should come")
        with pytest.raises(TransportUnavailable, match="451"):
            transport.send(mail(), "een@voorbeeld.nl")


@pytest.mark.drill
class TestProcess:
    """The server as it runs: started by the command, ended by a signal."""

    def start(self, data: Path) -> tuple[subprocess.Popen[bytes], int]:
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            port = int(asked.getsockname()[1])
        environment = os.environ | {"GEMEENTE_DATA": str(data), "GEMEENTE_SMTP_PORT": str(port)}
        process = subprocess.Popen([sys.executable, "-m", "gemeente", "mailserver"], env=environment)
        wait_for(lambda: _listens(port))
        return process, port

    def test_it_stops_at_sigterm(self, tmp_path: Path) -> None:
        process, _ = self.start(tmp_path)
        process.terminate()
        assert process.wait(20) == 0

    def test_what_it_took_is_there_after_a_kill(self, tmp_path: Path) -> None:
        process, port = self.start(tmp_path)
        transport = SmtpTransport("127.0.0.1", port, tls="off")
        for _ in range(20):
            transport.send(mail(), "gemeente@voorbeeld.nl")
        process.send_signal(signal.SIGKILL)
        process.wait(20)
        assert len(received(tmp_path / "mail", "gemeente@voorbeeld.nl")) == 20
        with pytest.raises(TransportUnavailable):
            transport.send(mail(), "gemeente@voorbeeld.nl")


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0
