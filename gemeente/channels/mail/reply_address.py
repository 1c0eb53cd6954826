"""Signed reply addresses: who answers our mail lands in the right thread, and nobody can make up such an address.

The part after the plus is base32 in lower case: 16 bytes of question id and 10 bytes (80 bits) of HMAC-SHA256, 42
characters. Base32 survives servers that change the case of a local part, which base64 does not.
"""

import binascii
import hashlib
import hmac
from base64 import b32decode, b32encode
from uuid import UUID

LOCAL_PART_AT_MOST = 64
_ID_BYTES = 16
_SIGNATURE_BYTES = 10
_TOKEN_LENGTH = 42
_PADDING = "=" * 6


def make_reply_address(mailbox: str, question: UUID, key: bytes) -> str:
    """Return `local+token@domain` for a mailbox `local@domain`.

    Raises ValueError when the mailbox is no address, or its local part is over 21 characters: together they have 64
    (RFC 5321 §4.5.3.1.1).
    """
    local, at, domain = mailbox.rpartition("@")
    if not (local and at and domain):
        raise ValueError("the mailbox must be an address")
    with_token = f"{local}+{_token(mailbox, question, key)}"
    if len(with_token) > LOCAL_PART_AT_MOST:
        raise ValueError("the local part of the mailbox is too long for reply addresses")
    return f"{with_token}@{domain}"


def read_reply_address(address: str, mailbox: str, key: bytes) -> UUID | None:
    """Return the question that an address of ours points at; None for any other address and for anything forged."""
    local, _, domain = address.strip().lower().rpartition("@")
    base, _, token = local.rpartition("+")
    if f"{base}@{domain}" != mailbox.lower() or len(token) != _TOKEN_LENGTH:
        return None
    try:
        raw = b32decode((token.upper() + _PADDING).encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        return None
    question = UUID(bytes=raw[:_ID_BYTES])
    expected = _token(mailbox, question, key)
    return question if hmac.compare_digest(expected.encode(), token.encode()) else None


def _token(mailbox: str, question: UUID, key: bytes) -> str:
    signed = b"reply address\0" + mailbox.lower().encode() + b"\0" + question.bytes
    signature = hmac.new(key, signed, hashlib.sha256).digest()[:_SIGNATURE_BYTES]
    return b32encode(question.bytes + signature).decode("ascii").rstrip("=").lower()
