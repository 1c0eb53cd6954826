"""Builds mails for tests, byte by byte, so that what is broken stays broken."""

from gemeente.channels.mail.headers import read_headers
from gemeente.channels.mail.structure import Part

BASE = {
    "Message-ID": "<vraag@voorbeeld.nl>",
    "Date": "Mon, 23 Nov 2026 10:00:00 +0100",
    "From": "Hiltje de Vries <hiltje@voorbeeld.nl>",
    "To": "gemeente@voorbeeld.nl",
    "Subject": "Mijn vraag",
}


def mail(body: str | bytes = "Mijn traplift doet het niet.", /, **fields: str | None) -> bytes:
    """Return a mail. A field is named with underscores (`content_type`); None leaves out one of BASE."""
    named = {name.replace("_", "-").title().replace("-Id", "-ID"): value for name, value in fields.items()}
    head = {"Content-Type": "text/plain; charset=utf-8"} | BASE | named
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value is not None)
    return lines.encode() + b"\r\n" + (body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode())


def part(body: str | bytes, content_type: str = "text/plain; charset=utf-8", **fields: str) -> bytes:
    """Return a part of a multipart, with its head."""
    return mail(body, content_type=content_type, **dict.fromkeys(map(_plain, BASE)), **fields)


def _plain(name: str) -> str:
    return name.lower().replace("-", "_")


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "grens") -> bytes:
    """Return the body of a multipart."""
    opened = f"--{boundary}\r\n".encode()
    return b"".join(opened + one + b"\r\n" for one in parts) + f"--{boundary}--\r\n".encode()


def mixed(*parts: bytes, kind: str = "mixed", boundary: str = "grens", **fields: str | None) -> bytes:
    """Return a mail of several parts."""
    content_type = f'multipart/{kind}; boundary="{boundary}"'
    return mail(multipart(*parts, boundary=boundary), content_type=content_type, **fields)


def as_part(raw: bytes) -> Part:
    """Return a whole mail as one part, without its body read."""
    head, _, _ = raw.partition(b"\r\n\r\n")
    return Part(raw, read_headers(head), len(head) + 4, len(raw))
