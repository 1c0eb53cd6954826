"""Files that people send: known by their content, never by their name, and never served as a page."""

import hashlib
import re
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import puremagic
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from gemeente.channels.mail.clean import clean_filename
from gemeente.channels.models import Attachment
from gemeente.channels.types import AttachmentCard, NewFile
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError
from gemeente.kernel.ids import new_id

TOGETHER_AT_MOST = 20_000_000
FILES_AT_MOST = 10
HELD_AT_MOST = timedelta(days=2)
FORGET_AT_MOST = 1000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD_WITH_MACROS = "application/vnd.ms-word.document.macroenabled.12"
_WORD_BODY = re.compile(rb"word/document\d{0,2}\.xml")
_OPEN_DOCUMENT = re.compile(rb".{30}mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{4,30})", re.DOTALL)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis")
# What a resident may send through a form; mail brings what it brings, and keeps it as a download.
WELCOME = frozenset(
    (
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/heic",
        "application/pdf",
        _WORD,
        "application/vnd.oasis.opendocument.text",
    )
)


def content_type_of(content: bytes) -> str:
    """Return the kind of file that the bytes themselves say they are; application/octet-stream when they say nothing.

    Photos of telephones and zipped documents are read here: by their first bytes alone, a photo would be a film and every
    zip a Word document.
    """
    if content[4:8] == b"ftyp" and _is_heic(content):
        return "image/heic"
    if content.startswith(b"PK\x03\x04"):
        return _zipped(content)
    try:
        found = puremagic.magic_string(content[:65_536])
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    named = [match for match in found if match.mime_type]
    return named[0].mime_type if named else "application/octet-stream"


def _is_heic(content: bytes) -> bool:
    """Tell whether a box of brands (ISO/IEC 14496-12 §4.3) names HEIC."""
    end = min(int.from_bytes(content[:4], "big"), 256)
    return any(content[at : at + 4] in _HEIC_BRANDS for at in range(8, end, 4))


def _zipped(content: bytes) -> str:
    """Return what a zip file is: an OpenDocument says so first of all (ODF 1.3 §2.2.4), Word by the names in it."""
    if found := _OPEN_DOCUMENT.match(content):
        return found[1].decode("ascii")
    if b"[Content_Types].xml" not in content or not _WORD_BODY.search(content):
        return "application/zip"
    return _WORD_WITH_MACROS if b"vbaProject.bin" in content else _WORD


def check_file(name: str, content: bytes) -> NewFile:
    """Return a file that somebody chose in a form, known by its content.

    Raises DomainError, naming the file, for one that is too large or of a kind that we can't open.
    """
    shown = clean_name(name)
    if len(content) > TOGETHER_AT_MOST:
        raise DomainError("“%(file)s” is groter dan 20 MB. Kies een kleiner bestand.", file=shown)
    kind = content_type_of(content)
    if kind not in WELCOME:
        raise DomainError("Wij kunnen “%(file)s” niet openen. Stuur een foto of een pdf.", file=shown)
    return NewFile(name=shown, content_type=kind, content=content)


def clean_name(name: str) -> str:
    """Return a file name without path, control or direction characters, at most 100 characters."""
    return clean_filename(name) or "bestand"


def store(
    files: tuple[NewFile, ...],
    *,
    incoming: UUID | None = None,
    moment: UUID | None = None,
    held_for: UUID | None = None,
) -> None:
    """Keep files with a message, an answer or a form. The bytes go first: a crash leaves bytes without a row."""
    Attachment.objects.bulk_create(
        Attachment(
            incoming_id=incoming,
            moment=moment,
            held_for=held_for,
            held_at=clock.now() if held_for else None,
            name=file.name,
            content_type=file.content_type,
            size=len(file.content),
            sha256=hashlib.sha256(file.content).hexdigest(),
            stored_as=_save(file.content),
        )
        for file in files
    )


def _save(content: bytes) -> str:
    key = new_id().hex
    return default_storage.save(f"{key[-4:]}/{key}", ContentFile(content))


def hold(token: UUID, file: NewFile) -> None:
    """Keep a chosen file until its form is sent. Raises DomainError when the form has too many, or too much."""
    sizes = list(Attachment.objects.filter(held_for=token).values_list("size", flat=True))
    if len(sizes) >= FILES_AT_MOST:
        raise DomainError(
            "U koos meer dan %(most)s bestanden. “%(file)s” kan er niet meer bij.", most=FILES_AT_MOST, file=file.name
        )
    if sum(sizes) + len(file.content) > TOGETHER_AT_MOST:
        raise DomainError("Uw bestanden zijn samen groter dan 20 MB. “%(file)s” kan er niet meer bij.", file=file.name)
    store((file,), held_for=token)


def held(token: UUID) -> list[AttachmentCard]:
    """Return the files that a form holds. One statement."""
    rows = Attachment.objects.filter(held_for=token).order_by("id")
    return [AttachmentCard(id=row.id, name=row.name, content_type=row.content_type, size=row.size) for row in rows]


def drop(token: UUID, attachment: UUID) -> None:
    """Take a chosen file out of a form."""
    _delete(Attachment.objects.filter(held_for=token, id=attachment))


def give(token: UUID, *, moment: UUID) -> None:
    """Move the files that a form holds to the moment of contact that it became. One statement."""
    Attachment.objects.filter(held_for=token).update(moment=moment, held_for=None, held_at=None)


def of_moment(moment: UUID) -> tuple[NewFile, ...]:
    """Return the files of a moment of contact, with their content, to send along. One statement."""
    return tuple(
        NewFile(name=row.name, content_type=row.content_type, content=_content(row))
        for row in Attachment.objects.filter(moment=moment).order_by("id")[:FILES_AT_MOST]
    )


def _content(row: Attachment) -> bytes:
    with default_storage.open(row.stored_as) as stored:
        content: bytes = stored.read()
    return content


def _delete(rows: Iterable[Attachment]) -> int:
    """Delete files, and return how many. The row goes first: a crash leaves bytes without a row."""
    deleted = 0
    for row in rows:
        row.delete()
        default_storage.delete(row.stored_as)
        deleted += 1
    return deleted


def store_raw(raw: bytes, name: str) -> str:
    """Keep an untouched original; return where."""
    return default_storage.save(f"raw/{name[:4]}/{name}", ContentFile(raw))


def forget_raw(stored_as: str) -> None:
    """Delete an original that was stored for nothing, because its mail was here already; "" is none."""
    if stored_as:
        default_storage.delete(stored_as)


def read(attachment: UUID) -> tuple[AttachmentCard, UUID | None, bytes] | None:
    """Return a file with the moment that it belongs to, or None."""
    row = Attachment.objects.filter(id=attachment).first()
    if row is None:
        return None
    card = AttachmentCard(id=row.id, name=row.name, content_type=row.content_type, size=row.size)
    return card, row.moment, _content(row)


def as_download(card: AttachmentCard, content: bytes) -> HttpResponse:
    """Answer with a file that a browser saves and never runs: no page, no script, no guess at its kind."""
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=card.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def forget_held() -> int:
    """Delete files of forms that were begun more than two days ago and never sent; return how many."""
    return _delete(Attachment.objects.filter(held_at__lt=clock.now() - HELD_AT_MOST)[:FORGET_AT_MOST])
