"""The files in a mail, with names that are safe to show; nothing in them is opened."""

from collections.abc import Sequence
from mimetypes import MimeTypes

from gemeente.channels.mail.clean import clean_filename
from gemeente.channels.mail.headers import decoded
from gemeente.channels.mail.structure import Part, Problems, filename, open_mail
from gemeente.channels.mail.types import ParsedAttachment, Problem

ATTACHMENTS_AT_MOST = 100

_NAMES = {
    "text/calendar": "afspraak.ics",
    "message/delivery-status": "bezorgstatus.txt",
    "message/disposition-notification": "leesbevestiging.txt",
    "text/rfc822-headers": "koppen.txt",
    "application/ms-tnef": "winmail.dat",
    "application/pkcs7-signature": "smime.p7s",
    "application/pkcs7-mime": "smime.p7m",
    "application/pgp-signature": "signature.asc",
    "application/pgp-encrypted": "versie.asc",
}
_EXTENSIONS = MimeTypes()
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")


def read_attachments(files: Sequence[Part], problems: Problems) -> tuple[ParsedAttachment, ...]:
    """Return at most ATTACHMENTS_AT_MOST files; parts without name and content are none."""
    if len(files) > ATTACHMENTS_AT_MOST:
        problems.add(Problem.TOO_MANY_ATTACHMENTS)
    found = [_attachment(part, problems) for part in files[:ATTACHMENTS_AT_MOST]]
    return tuple(file for file in found if file)


def _attachment(part: Part, problems: Problems) -> ParsedAttachment | None:
    content = part.content(problems)
    named = clean_filename(filename(part))
    if not (content or named):
        return None
    if part.content_type == "application/ms-tnef" or named.lower() == "winmail.dat":
        problems.add(Problem.WINMAIL)
    return ParsedAttachment(
        filename=_with_extension(named or _name_for(part, content), part),
        declared_type=part.content_type,
        content=content,
        inline=_is_inline(part),
    )


def _is_inline(part: Part) -> bool:
    if part.disposition:
        return part.disposition == "inline"
    return "multipart/related" in part.within or bool(part.headers.first("content-id"))


def _name_for(part: Part, content: bytes) -> str:
    if part.content_type == "message/rfc822":
        subject = open_mail(content, Problems()).headers.first("subject")
        return clean_filename(decoded(subject, at_most=80).replace("/", "-")) or "bericht"
    if part.content_type.startswith("multipart/"):
        return "onderdeel.eml"
    extension = _EXTENSIONS.guess_extension(part.content_type) or ""
    return _NAMES.get(part.content_type, f"bijlage{extension}")


def _with_extension(name: str, part: Part) -> str:
    is_mail = part.content_type == "message/rfc822"
    return f"{name[:90]}.eml" if is_mail and not name.lower().endswith((".eml", ".msg")) else name


def note_protection(leaves: Sequence[Part], text: str, problems: Problems) -> None:
    """Note that a mail is encrypted (we cannot read it) or signed (S/MIME, RFC 8551; OpenPGP, RFC 3156 and inline)."""
    kinds = {leaf.content_type for leaf in leaves} | {kind for leaf in leaves for kind in leaf.within}
    sealed = {leaf.parameter("smime-type").lower() for leaf in leaves if leaf.content_type in _SMIME}
    if "multipart/encrypted" in kinds or sealed - {"signed-data"} or "-----BEGIN PGP MESSAGE-----" in text:
        problems.add(Problem.ENCRYPTED)
    signed = "multipart/signed" in kinds or "signed-data" in sealed or not kinds.isdisjoint(_SIGNATURES)
    if signed or "-----BEGIN PGP SIGNED MESSAGE-----" in text:
        problems.add(Problem.SIGNED)
