"""The link that proves that an e-mail address is somebody's own: signed, good for three days, and telling nothing by itself."""

from datetime import timedelta
from uuid import UUID

from django.core import signing

from gemeente.kernel.errors import NotFound

GOOD_FOR = timedelta(days=3)
_SALT = "residents.confirm-email"


def sign_address(address: UUID) -> str:
    """Return what the link carries: our own id of the address, signed."""
    return signing.dumps(address.hex, salt=_SALT)


def read_address(signed: str) -> UUID:
    """Return which address a link is about. Raises NotFound for one that is forged or over three days old."""
    try:
        return UUID(signing.loads(signed, salt=_SALT, max_age=GOOD_FOR))
    except signing.BadSignature as refused:
        raise NotFound("Deze link werkt niet meer. Vraag bij uw gegevens een nieuwe aan.") from refused
