"""What happened to a party. Ids and facts; never an address itself, never a BSN."""

from dataclasses import dataclass
from uuid import UUID

from gemeente.kernel.events import event


@event("residents.email-to-confirm.v1")
@dataclass(frozen=True, kw_only=True)
class EmailToConfirm:
    """Somebody gave an e-mail address of which we do not know yet that it is theirs."""

    address: UUID
