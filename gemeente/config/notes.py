"""Reads notes of phone calls, desk visits and letters from JSON: one object, or a list of them."""

import hashlib
from datetime import datetime
from typing import Annotated, Literal, cast

import msgspec

from gemeente.channels.commands import TEXT_AT_MOST
from gemeente.channels.mail.clean import clean_text
from gemeente.channels.types import Channel, NewMessage, Sender
from gemeente.kernel.clock import AMSTERDAM

NOTES_AT_MOST = 10_000


class NoteRefused(ValueError):
    """The file is no note. It needs `channel` (phone, desk, letter or web) and `text`."""


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """One note as it stands in a file. `id` makes it unique; without one its content does. `at` is local without a zone."""

    channel: Literal["phone", "desk", "letter", "web"]
    text: Annotated[str, msgspec.Meta(max_length=TEXT_AT_MOST)]
    id: Annotated[str, msgspec.Meta(max_length=200)] = ""
    subject: str = ""
    wish: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    post: str = ""
    at: datetime | None = None
    reply_channel: Literal["", "web", "email", "phone", "desk", "letter"] = ""


def read_notes(raw: bytes) -> list[NewMessage]:
    """Return the notes in a JSON file. Raises NoteRefused, saying where, for anything else."""
    try:
        read = msgspec.json.decode(raw, type=list[Note] if raw.lstrip().startswith(b"[") else Note)
    except (msgspec.MsgspecError, UnicodeDecodeError) as wrong:
        raise NoteRefused(str(wrong)) from wrong
    notes = cast(list[Note], read if isinstance(read, list) else [read])
    if len(notes) > NOTES_AT_MOST:
        raise NoteRefused(f"meer dan {NOTES_AT_MOST} notities in één bestand")
    return [_message(_cleaned(note)) for note in notes]


def _cleaned(note: Note) -> Note:
    words = {name: clean_text(value) for name, value in msgspec.structs.asdict(note).items() if isinstance(value, str)}
    return msgspec.structs.replace(note, **words)


def _message(note: Note) -> NewMessage:
    if not note.text.strip():
        raise NoteRefused("een notitie zonder tekst")
    return NewMessage(
        channel=Channel(note.channel),
        channel_id=note.id or "sha256:" + hashlib.sha256(msgspec.json.encode(note)).hexdigest(),
        text=note.text,
        subject=note.subject,
        wish=note.wish,
        sender=Sender(name=note.name, email=note.email, phone=note.phone, post=note.post),
        sent_at=note.at if note.at is None or note.at.tzinfo else note.at.replace(tzinfo=AMSTERDAM),
        reply_channel=note.reply_channel,
    )
