"""Reads notes of phone calls, desk visits and letters from JSON: one object, or a list of them."""

import hashlib
from datetime import datetime
from typing import Literal, cast

import msgspec

from gemeente.channels.types import Channel, NewMessage, Sender

NOTES_AT_MOST = 10_000


class NoteRefused(ValueError):
    """The file is no note. It needs `channel` (phone, desk, letter or web) and `text`."""


class Note(msgspec.Struct, forbid_unknown_fields=True):
    """One note as it stands in a file. `id` makes it unique; without one its content does."""

    channel: Literal["phone", "desk", "letter", "web"]
    text: str
    id: str = ""
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
    except msgspec.MsgspecError as wrong:
        raise NoteRefused(str(wrong)) from wrong
    notes = cast(list[Note], read if isinstance(read, list) else [read])
    if len(notes) > NOTES_AT_MOST:
        raise NoteRefused(f"meer dan {NOTES_AT_MOST} notities in één bestand")
    return [_message(note) for note in notes]


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
        sent_at=note.at,
        reply_channel=note.reply_channel,
    )
