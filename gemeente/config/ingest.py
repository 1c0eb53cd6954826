"""`gemeente ingest mail FILE|MBOX|DIR|-` and `gemeente ingest note FILE.json`: real input by hand."""

import argparse
import logging
import mailbox
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar
from uuid import UUID

import msgspec

from gemeente.access.types import system
from gemeente.channels.commands import receive_mail, receive_message
from gemeente.channels.types import NewMessage, Receipt
from gemeente.config.notes import NoteRefused, read_notes
from gemeente.contact.commands import take_in_message

T = TypeVar("T")

MAIL_AT_MOST = 50_000_000
BY_HAND = system("Invoer met de hand")

log = logging.getLogger(__name__)


def files(source: str) -> list[str]:
    """Return the files of a source, in order: itself, or what a folder holds.

    In a Maildir a mail lies in `new` or `cur`; the rest there is the mail server's own.
    """
    folder = Path(source)
    if not folder.is_dir():
        return [source]
    is_maildir = (folder / "new").is_dir() and (folder / "cur").is_dir()
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    return [str(one) for one in found if not is_maildir or one.parent.name in ("new", "cur")]


def mails(source: str) -> Iterator[bytes]:
    """Return the mails in a file, an mbox or the standard input ("-"). Raises OSError for what cannot be read."""
    if source == "-":
        with NamedTemporaryFile() as kept:
            shutil.copyfileobj(sys.stdin.buffer, kept)
            kept.flush()
            yield from mails(kept.name)
        return
    path = Path(source)
    with path.open("rb") as opened:
        begin = opened.read(5)
        if begin != b"From ":
            yield begin + opened.read(MAIL_AT_MOST + 1)
            return
    box = mailbox.mbox(str(path), create=False)
    for key in box.iterkeys():
        yield box.get_bytes(key)


def take_mail(raw: bytes) -> Receipt:
    """Accept one mail and put it in its thread; return what became of it."""
    if not raw.strip() or len(raw) > MAIL_AT_MOST:
        return Receipt.REFUSED
    receipt, message = receive_mail(actor=BY_HAND, raw=raw)
    return _taken_in(message) if receipt == Receipt.ACCEPTED else receipt


def _taken_in(message: UUID) -> Receipt:
    """Put an accepted message in its thread. Should that fail, then the worker does it: it was accepted."""
    try:
        taken = take_in_message(actor=BY_HAND, message=message)
    except Exception:
        log.exception("accepted, but not in a thread yet", extra={"incoming": message})
        return Receipt.ACCEPTED
    return Receipt.ACCEPTED if taken.question else Receipt.SET_ASIDE


def _take_note(note: NewMessage) -> Receipt:
    receipt, message = receive_message(actor=BY_HAND, message=note)
    return _taken_in(message) if receipt == Receipt.ACCEPTED else receipt


def _receipts(kind: str, source: str) -> Iterator[Receipt | None]:
    """Take in each message of a source. None stands for one that failed through a fault of ours; the next still comes."""
    if kind == "mail":
        yield from (_tried(take_mail, raw) for raw in mails(source))
        return
    try:
        notes = read_notes(Path(source).read_bytes())
    except NoteRefused as refused:
        sys.stderr.write(f"{source}: {refused}\n")
        yield Receipt.REFUSED
        return
    yield from (_tried(_take_note, note) for note in notes)


def _tried(take: Callable[[T], Receipt], given: T) -> Receipt | None:
    try:
        return take(given)
    except Exception:
        log.exception("not taken in")
        return None


def main(argv: list[str]) -> int:
    """Take everything in, and end with one line of counts.

    Exit 0, also when something was refused; 1 when a source cannot be read, or when we failed to take something in.
    """
    parser = argparse.ArgumentParser(prog="gemeente ingest", description="Neem post of notities aan uit bestanden.")
    parser.add_argument("kind", choices=["mail", "note"])
    parser.add_argument("source", nargs="+")
    parser.add_argument("--json", action="store_true", help="tel als JSON")
    chosen = parser.parse_args(argv)
    count: Counter[Receipt | None] = Counter()
    for source in chain.from_iterable(map(files, chosen.source)):
        try:
            count.update(_receipts(chosen.kind, source))
        except OSError as unreadable:
            sys.stderr.write(f"{source}: {unreadable.strerror}\n")
            count[None] += 1
    sys.stdout.write(_summary(count, as_json=chosen.json) + "\n")
    return int(count[None] > 0)


def _summary(count: Counter[Receipt | None], *, as_json: bool) -> str:
    counts = {receipt.value: count[receipt] for receipt in Receipt}
    if as_json:
        return msgspec.json.encode(counts).decode()
    return (
        f"{counts['accepted']} aangenomen, {counts['duplicate']} dubbel, "
        f"{counts['set_aside']} apart gelegd, {counts['refused']} geweigerd"
    )
