"""What only IMAP has: TLS, folders, servers that hang, and servers that can do less. The rest is in test_mailbox.py."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from gemeente.adapters.imap import ImapMailbox
from gemeente.adapters.tests.dovecot import PASSWORD, Dovecot
from gemeente.channels.ports import MailboxUnavailable

MAIL = b"From: a@voorbeeld.nl\r\nSubject: %d\r\n\r\nHallo\r\n"


@pytest.fixture
def account() -> str:
    return f"account{uuid4().hex}"


@pytest.fixture
def box(dovecot: Dovecot, account: str) -> Iterator[ImapMailbox]:
    made = ImapMailbox("127.0.0.1", dovecot.port, account, PASSWORD, tls="off")
    yield made
    made.close()


def deliver(server: Dovecot, account: str, *numbers: int) -> None:
    with server.client(account) as client:
        for number in numbers:
            client.append("INBOX", MAIL % number)


def folder(server: Dovecot, account: str, name: str) -> list[int]:
    with server.client(account) as client:
        client.select_folder(name, readonly=True)
        found: list[int] = client.search(["UNDELETED"])
    return found


def damage(server: Dovecot, account: str) -> None:
    """Make the first mail one that the server itself cannot read."""
    for file in (server.folder / "mail" / account / "new").iterdir():
        if b"Subject: 1" in file.read_bytes():
            file.chmod(0)


class TestKeep:
    def test_a_kept_mail_lies_in_the_folder_verwerkt(self, dovecot: Dovecot, account: str, box: ImapMailbox) -> None:
        deliver(dovecot, account, 1, 2)
        first = next(box.fetch(10))
        box.keep(first.uid)
        assert len(folder(dovecot, account, "INBOX")) == 1
        assert len(folder(dovecot, account, "Verwerkt")) == 1

    def test_a_mail_that_somebody_opened_still_waits(self, dovecot: Dovecot, account: str, box: ImapMailbox) -> None:
        deliver(dovecot, account, 1)
        with dovecot.client(account) as client:
            client.select_folder("INBOX")
            client.add_flags([1], [b"\\Seen", b"\\Flagged"])
        assert len(list(box.fetch(10))) == 1

    def test_fetching_does_not_mark_a_mail_as_read(self, dovecot: Dovecot, account: str, box: ImapMailbox) -> None:
        deliver(dovecot, account, 1)
        list(box.fetch(10))
        with dovecot.client(account) as client:
            client.select_folder("INBOX", readonly=True)
            assert len(client.search(["UNSEEN"])) == 1

    def test_a_uid_of_a_folder_that_was_made_anew_touches_nothing(
        self, dovecot: Dovecot, account: str, box: ImapMailbox
    ) -> None:
        deliver(dovecot, account, 1)
        validity, _, number = next(box.fetch(1)).uid.partition(".")
        box.keep(f"{int(validity) - 1}.{number}")
        assert len(folder(dovecot, account, "INBOX")) == 1

    def test_the_folder_comes_back_when_somebody_deleted_it(
        self, dovecot: Dovecot, account: str, box: ImapMailbox
    ) -> None:
        deliver(dovecot, account, 1)
        (mail,) = box.fetch(10)
        with dovecot.client(account) as client:
            client.delete_folder("Verwerkt")
        with pytest.raises(MailboxUnavailable):
            box.keep(mail.uid)
        box.keep(mail.uid)
        assert len(folder(dovecot, account, "Verwerkt")) == 1

    def test_a_damaged_mail_does_not_hold_up_those_behind_it(
        self, dovecot: Dovecot, account: str, box: ImapMailbox
    ) -> None:
        deliver(dovecot, account, 1, 2)
        damage(dovecot, account)
        assert [b"Subject: 2" in mail.raw for mail in box.fetch(10)] == [True]


class TestOtherServers:
    def test_without_move_a_kept_mail_is_copied_and_marked_as_deleted(self, account: str) -> None:
        with Dovecot("imap_capability = IMAP4rev1 LITERAL+ NAMESPACE") as server:
            deliver(server, account, 1, 2)
            box = ImapMailbox("127.0.0.1", server.port, account, PASSWORD, tls="off")
            first, second = box.fetch(10)
            box.keep(first.uid)
            assert [mail.uid for mail in box.fetch(10)] == [second.uid]
            assert len(folder(server, account, "Verwerkt")) == 1
            box.close()

    def test_the_folder_verwerkt_goes_below_the_prefix_that_the_server_asks(self, account: str) -> None:
        with Dovecot("namespace inbox {\n inbox = yes\n prefix = INBOX.\n separator = .\n}") as server:
            deliver(server, account, 1)
            box = ImapMailbox("127.0.0.1", server.port, account, PASSWORD, tls="off")
            box.keep(next(box.fetch(1)).uid)
            assert len(folder(server, account, "INBOX.Verwerkt")) == 1
            box.close()

    def test_a_server_that_says_no_to_a_damaged_mail_gives_those_behind_it(self, account: str) -> None:
        with Dovecot("imap_fetch_failure = no-after") as server:
            deliver(server, account, 1, 2)
            damage(server, account)
            box = ImapMailbox("127.0.0.1", server.port, account, PASSWORD, tls="off")
            assert [b"Subject: 2" in mail.raw for mail in box.fetch(10)] == [True]
            box.close()


class TestSeal:
    def test_tls_from_the_start(self, dovecot: Dovecot, account: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate.public))
        deliver(dovecot, account, 1)
        box = ImapMailbox("127.0.0.1", dovecot.sealed_port, account, PASSWORD)
        assert len(list(box.fetch(10))) == 1
        box.close()

    def test_starttls(self, dovecot: Dovecot, account: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.certificate.public))
        deliver(dovecot, account, 1)
        box = ImapMailbox("127.0.0.1", dovecot.port, account, PASSWORD, tls="starttls")
        assert len(list(box.fetch(10))) == 1
        box.close()

    @pytest.mark.parametrize("tls", ["tls", "starttls"])
    def test_a_server_without_a_good_certificate_is_not_read(self, dovecot: Dovecot, account: str, tls: str) -> None:
        port = dovecot.sealed_port if tls == "tls" else dovecot.port
        box = ImapMailbox("127.0.0.1", port, account, PASSWORD, tls=tls)  # type: ignore[arg-type]
        with pytest.raises(MailboxUnavailable, match="SSLCertVerificationError"):
            list(box.fetch(10))


class TestTrouble:
    def test_a_wrong_password_is_unavailable_and_is_not_said(self, dovecot: Dovecot, account: str) -> None:
        box = ImapMailbox("127.0.0.1", dovecot.port, account, "niet-goed", tls="off")
        with pytest.raises(MailboxUnavailable) as raised:
            list(box.fetch(10))
        assert "niet-goed" not in str(raised.value)

    def test_a_server_that_hangs_is_unavailable_and_is_read_again_when_it_goes_on(
        self, dovecot: Dovecot, account: str, box: ImapMailbox
    ) -> None:
        deliver(dovecot, account, 1)
        (mail,) = box.fetch(10)
        assert box.client
        box.client.socket().settimeout(0.2)
        dovecot.freeze()
        try:
            with pytest.raises(MailboxUnavailable, match="TimeoutError"):
                list(box.fetch(10))
        finally:
            dovecot.thaw()
        assert [again.uid for again in box.fetch(10)] == [mail.uid]

    def test_after_the_server_closed_the_line_a_next_call_opens_another(
        self, dovecot: Dovecot, account: str, box: ImapMailbox
    ) -> None:
        deliver(dovecot, account, 1)
        (mail,) = box.fetch(10)
        assert box.client
        box.client.socket().shutdown(2)
        with pytest.raises(MailboxUnavailable):
            box.keep(mail.uid)
        box.keep(mail.uid)
        assert list(box.fetch(10)) == []
