"""What every mailbox promises, whether it is a real server, a folder on disk or memory."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from gemeente.adapters.imap import ImapMailbox
from gemeente.adapters.local_mail import deliver
from gemeente.adapters.maildir import MaildirMailbox, maildir_of
from gemeente.adapters.memory import MemoryMailbox
from gemeente.adapters.tests.dovecot import PASSWORD, Dovecot
from gemeente.channels.ports import FetchedMail, Mailbox, MailboxUnavailable

AT_MOST = 100_000
ADDRESS = "gemeente@voorbeeld.nl"


@dataclass(frozen=True)
class Kind:
    """A kind of mailbox: how to open it (again), how mail arrives in it, and how to take it away and bring it back."""

    open: Callable[[], Mailbox]
    deliver: Callable[[bytes], None]
    take_away: Callable[[], None]
    bring_back: Callable[[], None]


@pytest.fixture(params=["imap", "maildir", "memory"])
def kind(request: pytest.FixtureRequest) -> Kind:
    chosen: Kind = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
def imap(dovecot: Dovecot) -> Iterator[Kind]:
    account = f"account{uuid4().hex}"
    opened: list[Mailbox] = []

    def open_box() -> Mailbox:
        opened.append(ImapMailbox("127.0.0.1", dovecot.port, account, PASSWORD, tls="off", at_most=AT_MOST))
        return opened[-1]

    def arrive(raw: bytes) -> None:
        with dovecot.client(account) as client:
            client.append("INBOX", raw)

    yield Kind(open_box, arrive, dovecot.stop, dovecot.start)
    for box in opened:
        box.close()


@pytest.fixture
def maildir(tmp_path: Path) -> Kind:
    box, away = maildir_of(tmp_path, ADDRESS), tmp_path / "away"

    def take_away() -> None:
        box.rename(away)
        box.write_text("no folder")

    def bring_back() -> None:
        box.unlink()
        away.rename(box)

    return Kind(
        lambda: MaildirMailbox(str(tmp_path), ADDRESS, AT_MOST), lambda raw: deliver(box, raw), take_away, bring_back
    )


@pytest.fixture
def memory() -> Kind:
    box = MemoryMailbox(AT_MOST)

    def reach(*, away: bool) -> None:
        box.away = away

    return Kind(lambda: box, box.deliver, lambda: reach(away=True), lambda: reach(away=False))


def mail(number: int, words: bytes = b"Hallo") -> bytes:
    return b"From: a@voorbeeld.nl\r\nSubject: %d\r\n\r\n%b\r\n" % (number, words)


def raws(fetched: Iterator[FetchedMail]) -> list[bytes]:
    return [one.raw for one in fetched]


def test_an_empty_mailbox_gives_nothing(kind: Kind) -> None:
    assert list(kind.open().fetch(10)) == []


def test_what_arrived_comes_as_it_was_and_the_oldest_first(kind: Kind) -> None:
    for number in (3, 1, 2):
        kind.deliver(mail(number))
    assert raws(kind.open().fetch(10)) == [mail(3), mail(1), mail(2)]


def test_bytes_that_are_no_text_come_as_they_were(kind: Kind) -> None:
    raw = mail(1, b"\xff\xe9\x80 \r\n.\r\nFrom here\r\n>From there\r\n\r\n\r\n" + b"x" * 2000)
    kind.deliver(raw)
    assert raws(kind.open().fetch(10)) == [raw]


def test_at_most_as_many_come_as_were_asked(kind: Kind) -> None:
    for number in range(5):
        kind.deliver(mail(number))
    assert raws(kind.open().fetch(2)) == [mail(0), mail(1)]


def test_a_mail_waits_until_it_is_kept_also_after_a_crash(kind: Kind) -> None:
    kind.deliver(mail(1))
    (before,) = kind.open().fetch(10)
    again = kind.open()
    assert list(again.fetch(10)) == [before]
    again.keep(before.uid)
    assert list(again.fetch(10)) == []
    assert list(kind.open().fetch(10)) == []


def test_each_mail_can_be_kept_while_the_next_ones_are_still_to_come(kind: Kind) -> None:
    for number in range(3):
        kind.deliver(mail(number))
    box = kind.open()
    seen = []
    for fetched in box.fetch(10):
        seen.append(fetched.raw)
        box.keep(fetched.uid)
    assert seen == [mail(0), mail(1), mail(2)]
    assert list(box.fetch(10)) == []


def test_keeping_one_leaves_the_others(kind: Kind) -> None:
    for number in range(3):
        kind.deliver(mail(number))
    box = kind.open()
    box.keep(list(box.fetch(10))[1].uid)
    assert raws(box.fetch(10)) == [mail(0), mail(2)]


def test_keeping_a_mail_that_is_gone_is_no_error(kind: Kind) -> None:
    kind.deliver(mail(1))
    box = kind.open()
    (fetched,) = box.fetch(10)
    box.keep(fetched.uid)
    box.keep(fetched.uid)
    kind.open().keep(fetched.uid)


def test_a_mail_that_somebody_else_kept_meanwhile_is_passed_over(kind: Kind) -> None:
    for number in range(3):
        kind.deliver(mail(number))
    box, other = kind.open(), kind.open()
    second = list(other.fetch(10))[1]
    coming = box.fetch(10)
    first = next(coming)
    other.keep(second.uid)
    assert [first.raw, *raws(coming)] == [mail(0), mail(2)]


def test_a_mail_that_is_too_large_comes_cut(kind: Kind) -> None:
    large = mail(1, b"x" * 78 * 2000)
    kind.deliver(large)
    kind.deliver(mail(2))
    cut, whole = kind.open().fetch(10)
    assert (cut.cut, cut.raw) == (True, large[:AT_MOST])
    assert (whole.cut, whole.raw) == (False, mail(2))


def test_a_mail_of_just_the_limit_comes_whole(kind: Kind) -> None:
    raw = mail(1, b"x" * (AT_MOST - len(mail(1, b""))))
    kind.deliver(raw)
    assert [(one.raw, one.cut) for one in kind.open().fetch(10)] == [(raw, False)]


def test_what_arrives_later_comes_with_a_next_fetch(kind: Kind) -> None:
    box = kind.open()
    assert list(box.fetch(10)) == []
    kind.deliver(mail(1))
    assert raws(box.fetch(10)) == [mail(1)]


def test_a_closed_mailbox_opens_again_by_itself(kind: Kind) -> None:
    kind.deliver(mail(1))
    box = kind.open()
    (fetched,) = box.fetch(10)
    box.close()
    box.close()
    box.keep(fetched.uid)
    box.close()
    assert list(box.fetch(10)) == []


def test_a_mailbox_that_is_away_says_so_and_comes_back_without_a_loss(kind: Kind) -> None:
    kind.deliver(mail(1))
    box = kind.open()
    (fetched,) = box.fetch(10)
    kind.take_away()
    try:
        with pytest.raises(MailboxUnavailable):
            list(box.fetch(10))
        with pytest.raises(MailboxUnavailable):
            box.keep(fetched.uid)
    finally:
        kind.bring_back()
    assert raws(box.fetch(10)) == [mail(1)]
    box.keep(fetched.uid)
    assert list(box.fetch(10)) == []


class TestMaildir:
    """What only a folder on disk has."""

    def test_a_mail_that_was_half_written_when_the_machine_stopped_is_never_read(self, tmp_path: Path) -> None:
        box = maildir_of(tmp_path, ADDRESS)
        deliver(box, mail(1))
        (box / "tmp" / "2.half").write_bytes(b"Subject: ha")
        assert raws(MaildirMailbox(str(tmp_path), ADDRESS).fetch(10)) == [mail(1)]

    def test_a_uid_cannot_point_outside_the_mailbox(self, tmp_path: Path) -> None:
        box = maildir_of(tmp_path, ADDRESS)
        deliver(box, mail(1))
        (tmp_path / "secret").write_text("mine")
        MaildirMailbox(str(tmp_path), ADDRESS).keep("../../secret")
        assert (tmp_path / "secret").read_text() == "mine"

    @pytest.mark.parametrize(
        ("address", "name"),
        [
            ("Gemeente+Abc@Voorbeeld.NL", "gemeente@voorbeeld.nl"),
            ("a.b@voorbeeld.nl", "a.b@voorbeeld.nl"),
            ("../../etc/x@y", "..%2F..%2Fetc%2Fx@y"),
            ("..", "@.."),
            ("jürgen@münchen.example", "j%C3%BCrgen@m%C3%BCnchen.example"),
        ],
    )
    def test_an_address_has_one_folder_without_its_plus_part_and_inside_the_mail_folder(
        self, tmp_path: Path, address: str, name: str
    ) -> None:
        assert maildir_of(tmp_path, address) == tmp_path / name

    def test_mails_that_arrive_at_the_same_moment_all_stay(self, tmp_path: Path) -> None:
        box = maildir_of(tmp_path, ADDRESS)
        many = [threading.Thread(target=deliver, args=(box, mail(number))) for number in range(40)]
        for thread in many:
            thread.start()
        for thread in many:
            thread.join()
        assert sorted(raws(MaildirMailbox(str(tmp_path), ADDRESS).fetch(100))) == sorted(map(mail, range(40)))
