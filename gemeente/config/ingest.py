"""`gemeente ingest mail FILE|MBOX|DIR|-` and `gemeente ingest note FILE.json`: real input by hand."""

import argparse
import mailbox
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from gemeente.access.types import system
from gemeente.channels.commands import receive_mail, receive_message
from gemeente.channels.types import Receipt
from gemeente.config.notes import NoteRefused, read_notes
from gemeente.contact.commands import take_in_message

MAIL_AT_MOST = 50_000_000
BY_HAND = system("Invoer met de hand")


def mails(source: str) -> Iterator[bytes]:
    """Return the mails in a file, an mbox, a folder (of files, or a Maildir) or the standard input ("-")."""
    if source == "-":
        yield sys.stdin.buffer.read(MAIL_AT_MOST + 1)
        return
    path = Path(source)
    if path.is_dir():
        for file in sorted(one for one in path.rglob("*") if one.is_file()):
            yield from mails(str(file))
        return
    with path.open("rb") as opened:
        is_mbox = opened.read(5) == b"From "
    if is_mbox:
        yield from _in_mbox(path)
    else:
        with path.open("rb") as opened:
            yield opened.read(MAIL_AT_MOST + 1)


def _in_mbox(path: Path) -> Iterator[bytes]:
    box = mailbox.mbox(str(path), create=False)
    for key in box.iterkeys():
        yield box.get_bytes(key)


def take_mail(raw: bytes) -> Receipt:
    """Accept one mail and put it in its thread; return what became of it."""
    if not raw.strip() or len(raw) > MAIL_AT_MOST:
        return Receipt.REFUSED
    receipt, message = receive_mail(actor=BY_HAND, raw=raw)
    if receipt == Receipt.DUPLICATE:
        return receipt
    taken = take_in_message(actor=BY_HAND, message=message)
    return receipt if taken.question else Receipt.SET_ASIDE


def _notes(source: str) -> Iterator[Receipt]:
    try:
        notes = read_notes(Path(source).read_bytes())
    except NoteRefused as refused:
        sys.stderr.write(f"{source}: {refused}\n")
        yield Receipt.REFUSED
        return
    for note in notes:
        receipt, message = receive_message(actor=BY_HAND, message=note)
        if receipt == Receipt.ACCEPTED:
            take_in_message(actor=BY_HAND, message=message)
        yield receipt


def main(argv: list[str]) -> int:
    """Take everything in, and end with one line of counts. Exit 0 unless the system itself failed."""
    parser = argparse.ArgumentParser(prog="gemeente ingest", description="Neem post of notities aan uit bestanden.")
    parser.add_argument("kind", choices=["mail", "note"])
    parser.add_argument("source", nargs="+")
    parser.add_argument("--json", action="store_true", help="tel als JSON")
    chosen = parser.parse_args(argv)
    count: Counter[Receipt] = Counter()
    for source in chosen.source:
        if chosen.kind == "mail":
            count.update(take_mail(raw) for raw in mails(source))
        else:
            count.update(_notes(source))
    sys.stdout.write(_summary(count, as_json=chosen.json) + "\n")
    return 0


def _summary(count: Counter[Receipt], *, as_json: bool) -> str:
    counts = {receipt.value: count[receipt] for receipt in Receipt}
    if as_json:
        return msgspec.json.encode(counts).decode()
    return (
        f"{counts['accepted']} aangenomen, {counts['duplicate']} dubbel, "
        f"{counts['set_aside']} apart gelegd, {counts['refused']} geweigerd"
    )
