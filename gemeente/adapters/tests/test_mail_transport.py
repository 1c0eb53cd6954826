"""What every carrier of mail promises, whether it is a real SMTP server or memory; then what only SMTP has."""

import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.policy import default as modern

import pytest

from gemeente.adapters.memory import MemoryTransport
from gemeente.adapters.smtp import SmtpTransport
from gemeente.adapters.tests.certificate import Certificate, make_certificate
from gemeente.adapters.tests.smtp_server import Postman, SmtpServer, only
from gemeente.channels.mail.compose import compose_mail
from gemeente.channels.ports import MailTransport, RecipientRefused, TransportUnavailable

RECIPIENT = "hiltje@voorbeeld.nl"


@dataclass(frozen=True)
class Kind:
    """A kind of carrier: itself, what it took so far, and how to take it away and bring it back."""

    transport: MailTransport
    taken: Callable[[], list[tuple[str, EmailMessage]]]
    take_away: Callable[[], None]
    bring_back: Callable[[], None]


@pytest.fixture(params=["smtp", "memory"])
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen: Kind = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def smtp() -> Iterator[Kind]:
    postman = Postman()
    with SmtpServer(postman, enable_SMTPUTF8=True) as server:
        transport = SmtpTransport("127.0.0.1", server.port, tls="off")
        yield Kind(
            transport,
            lambda: [(to, message_from_bytes(raw, policy=modern)) for to, raw in postman.taken],
            server.stop,
            server.start,
        )
        transport.close()


@pytest.fixture
def memory() -> Kind:
    transport = MemoryTransport()
    transport.refused |= {"refused@voorbeeld.nl", "virus@voorbeeld.nl"}
    transport.later |= {"later@voorbeeld.nl", "full@voorbeeld.nl"}

    def reach(*, away: bool) -> None:
        transport.away = away

    return Kind(transport, lambda: transport.sent, lambda: reach(away=True), lambda: reach(away=False))


def letter(to: str = RECIPIENT, text: str = "Goedendag") -> EmailMessage:
    return compose_mail(
        sender="gemeente@voorbeeld.nl",
        sender_name="Gemeente Groningen",
        to=to,
        to_name="Hiltje de Vries",
        subject="Uw vraag over de traplift – én de stoep",
        text=text,
        language="nl",
        message_id="<1@voorbeeld.nl>",
        in_reply_to="",
        references=(),
        reply_to="gemeente+abc@voorbeeld.nl",
        automatic=False,
        written_at=datetime(2026, 11, 24, 9, 42, tzinfo=UTC),
    )


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_mail_reaches_its_recipient_as_it_was_written(kind: Kind) -> None:
    text = "Beste mevrouw,\n\n.\n..\nFrom hier: ünïcödé ✓\n\n" + "lang " * 500 + "\n"
    kind.transport.send(letter(text=text), RECIPIENT)
    ((to, message),) = kind.taken()
    assert (to, words(message)) == (RECIPIENT, text)
    assert message["Subject"] == "Uw vraag over de traplift – én de stoep"
    assert message["Reply-To"] == "Gemeente Groningen <gemeente+abc@voorbeeld.nl>"


def test_it_goes_to_the_recipient_that_was_given_whatever_the_header_says(kind: Kind) -> None:
    kind.transport.send(letter(), "buurvrouw@voorbeeld.nl")
    assert [to for to, _ in kind.taken()] == ["buurvrouw@voorbeeld.nl"]


@pytest.mark.parametrize("name", ["later", "full"])
def test_not_now_is_unavailable(kind: Kind, name: str) -> None:
    with pytest.raises(TransportUnavailable):
        kind.transport.send(letter(), f"{name}@voorbeeld.nl")
    assert kind.taken() == []


@pytest.mark.parametrize("name", ["refused", "virus"])
def test_never_is_refused(kind: Kind, name: str) -> None:
    with pytest.raises(RecipientRefused):
        kind.transport.send(letter(), f"{name}@voorbeeld.nl")
    assert kind.taken() == []


def test_after_a_no_the_next_mail_goes(kind: Kind) -> None:
    for name in ("refused", "later", "virus", "full"):
        with pytest.raises((RecipientRefused, TransportUnavailable)):
            kind.transport.send(letter(), f"{name}@voorbeeld.nl")
    kind.transport.send(letter(), RECIPIENT)
    assert [to for to, _ in kind.taken()] == [RECIPIENT]


def test_a_carrier_that_is_away_is_unavailable_and_comes_back(kind: Kind) -> None:
    kind.transport.send(letter(), RECIPIENT)
    kind.take_away()
    for _ in range(2):
        with pytest.raises(TransportUnavailable):
            kind.transport.send(letter(), RECIPIENT)
    kind.bring_back()
    kind.transport.send(letter(), "weer@voorbeeld.nl")
    assert [to for to, _ in kind.taken()] == [RECIPIENT, "weer@voorbeeld.nl"]


def test_a_closed_carrier_opens_again_by_itself(kind: Kind) -> None:
    kind.transport.send(letter(), RECIPIENT)
    kind.transport.close()
    kind.transport.close()
    kind.transport.send(letter(), RECIPIENT)
    assert len(kind.taken()) == 2


class TestConnection:
    def test_several_mails_share_one_connection(self) -> None:
        postman = Postman()
        with SmtpServer(postman) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            for number in range(5):
                transport.send(letter(), f"nummer{number}@voorbeeld.nl")
            transport.close()
        assert len(postman.taken) == 5
        assert len(postman.sessions) == 1

    def test_a_connection_that_the_server_closed_meanwhile_is_made_anew_without_a_failed_mail(self) -> None:
        postman = Postman()
        with SmtpServer(postman) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            transport.send(letter(), RECIPIENT)
            server.stop()
            server.start()
            transport.send(letter(), RECIPIENT)
            transport.close()
        assert len(postman.taken) == 2

    @pytest.mark.parametrize("name", ["dropped", "silent"])
    def test_a_line_that_breaks_or_falls_silent_halfway_is_unavailable_and_the_next_mail_goes(self, name: str) -> None:
        postman = Postman()
        with SmtpServer(postman) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            transport.send(letter(), RECIPIENT)
            assert transport.connection
            assert transport.connection.sock
            transport.connection.sock.settimeout(0.2)
            with pytest.raises(TransportUnavailable):
                transport.send(letter(), f"{name}@voorbeeld.nl")
            transport.send(letter(), RECIPIENT)
            transport.close()
        assert [to for to, _ in postman.taken] == [RECIPIENT, RECIPIENT]

    def test_a_server_that_never_answers_is_unavailable(self) -> None:
        with socket.socket() as mute:
            mute.bind(("127.0.0.1", 0))
            mute.listen()
            transport = SmtpTransport("127.0.0.1", mute.getsockname()[1], tls="off", timeout=0.2)
            with pytest.raises(TransportUnavailable):
                transport.send(letter(), RECIPIENT)

    def test_a_name_that_is_no_server_is_unavailable(self) -> None:
        transport = SmtpTransport("mail.invalid", 587)
        with pytest.raises(TransportUnavailable, match="gaierror"):
            transport.send(letter(), RECIPIENT)

    def test_the_sender_on_the_envelope_is_the_sender_of_the_mail(self) -> None:
        postman = Postman()
        with SmtpServer(postman) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            transport.send(letter(), RECIPIENT)
            transport.close()
        assert postman.senders == ["gemeente@voorbeeld.nl"]

    def test_lines_end_as_smtp_asks_and_hold_no_more_than_998_bytes(self) -> None:
        postman = Postman()
        with SmtpServer(postman) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            transport.send(letter(text="woord" * 1000), RECIPIENT)
            transport.close()
        raw = postman.taken[0][1]
        assert b"\n" not in raw.replace(b"\r\n", b"")
        assert max(map(len, raw.split(b"\r\n"))) <= 998


class TestInternationalAddress:
    ADDRESS = "jürgen@voorbeeld.nl"

    def send(self, *, offered: bool) -> bytes:
        postman = Postman()
        with SmtpServer(postman, enable_SMTPUTF8=offered) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            try:
                transport.send(letter(to=self.ADDRESS), self.ADDRESS)
            finally:
                transport.close()
        ((to, raw),) = postman.taken
        assert to == self.ADDRESS
        return raw

    def test_it_is_written_as_it_is_when_the_server_offers_that(self) -> None:
        raw = self.send(offered=True)
        assert self.ADDRESS in str(message_from_bytes(raw, policy=SMTP.clone(utf8=True))["To"])

    def test_it_is_refused_when_the_server_does_not_offer_that(self) -> None:
        with pytest.raises(RecipientRefused):
            self.send(offered=False)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def sealing(certificate: Certificate) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.public, certificate.key)
    return context


@pytest.fixture
def trusted(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.public))


class TestSeal:
    @pytest.mark.usefixtures("trusted")
    def test_starttls_comes_before_the_password(self, sealing: ssl.SSLContext) -> None:
        postman = Postman()
        options = {"tls_context": sealing, "require_starttls": True, "authenticator": only("gemeente", "geheim")}
        with SmtpServer(postman, auth_required=True, **options) as server:
            transport = SmtpTransport("127.0.0.1", server.port, "gemeente", "geheim")
            transport.send(letter(), RECIPIENT)
            transport.close()
        assert len(postman.taken) == 1

    @pytest.mark.usefixtures("trusted")
    def test_tls_from_the_start(self, sealing: ssl.SSLContext) -> None:
        postman = Postman()
        with SmtpServer(postman, sealed=sealing) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="tls")
            transport.send(letter(), RECIPIENT)
            transport.close()
        assert len(postman.taken) == 1

    @pytest.mark.usefixtures("trusted")
    def test_a_wrong_password_is_for_later_and_is_not_said(self, sealing: ssl.SSLContext) -> None:
        options = {"tls_context": sealing, "require_starttls": True, "authenticator": only("gemeente", "geheim")}
        with SmtpServer(Postman(), auth_required=True, **options) as server:
            transport = SmtpTransport("127.0.0.1", server.port, "gemeente", "niet-goed")
            with pytest.raises(TransportUnavailable, match="SMTPAuthenticationError") as raised:
                transport.send(letter(), RECIPIENT)
        assert "niet-goed" not in str(raised.value)

    @pytest.mark.usefixtures("trusted")
    def test_a_server_without_starttls_gets_nothing(self) -> None:
        postman = Postman()
        with SmtpServer(postman) as server, pytest.raises(TransportUnavailable, match="SMTPNotSupportedError"):
            SmtpTransport("127.0.0.1", server.port).send(letter(), RECIPIENT)
        assert postman.taken == []

    def test_a_server_without_a_good_certificate_gets_nothing(self, sealing: ssl.SSLContext) -> None:
        postman = Postman()
        with (
            SmtpServer(postman, tls_context=sealing) as server,
            pytest.raises(TransportUnavailable, match="SSLCertVerificationError"),
        ):
            SmtpTransport("127.0.0.1", server.port).send(letter(), RECIPIENT)
        assert postman.taken == []

    def test_a_server_that_wants_an_account_first_is_for_later(self) -> None:
        with SmtpServer(Postman()) as server:
            transport = SmtpTransport("127.0.0.1", server.port, tls="off")
            with pytest.raises(TransportUnavailable, match="530"):
                transport.send(letter(), "account@voorbeeld.nl")
            transport.close()
