"""Writes about parties."""

from dataclasses import asdict
from uuid import UUID

from django.db import connection

from gemeente.access.types import Actor, Purpose, Right
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError
from gemeente.kernel.ids import new_id
from gemeente.residents.models import DigitalAddress, Party
from gemeente.residents.rules import email_key, passes_eleven_test, phone_key, search_key
from gemeente.residents.types import AddressKind, NewParty

_CHANGING = [field.name for field in Party._meta.fields if field.name not in ("id", "created_at")]


@command(right=Right.ADMINISTER, purpose=Purpose.RUN_SYSTEM)
def register_party(*, actor: Actor, party: NewParty) -> UUID:
    """Register a resident or business; return the id. A known id is overwritten.

    Raises DomainError for a BSN that fails the eleven-test (the message does not repeat it).
    """
    if party.bsn is not None and not passes_eleven_test(party.bsn):
        raise DomainError("Dit burgerservicenummer klopt niet. Kijk het nog eens na.")
    name = party.business_name or " ".join(filter(None, (party.prefix, party.family_name, party.given_names)))
    row = Party(
        **asdict(party)
        | {"id": party.id or new_id(), "postcode": party.postcode.replace(" ", "").upper()}
        | {"search_name": search_key(name), "created_at": clock.now()}
    )
    # An upsert: save() only inserts here, because the key has a default.
    Party.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=_CHANGING)
    about(subject=row.id)
    return row.id


@command(right=Right.ADMINISTER, purpose=Purpose.RUN_SYSTEM)
def register_address(
    *, actor: Actor, party: UUID, kind: AddressKind, value: str, evidence: str = "", preferred: bool = False
) -> None:
    """Give a party an e-mail address or phone number. With `evidence` it counts as verified: say how we know."""
    about(subject=party)
    key = email_key(value) if kind == AddressKind.EMAIL else phone_key(value)
    DigitalAddress.objects.update_or_create(
        party_id=party,
        kind=kind,
        key=key,
        defaults={
            "value": value.strip(),
            "verified_at": clock.now() if evidence else None,
            "evidence": evidence,
            "preferred": preferred,
        },
    )


def refresh_statistics() -> None:
    """Let the planner know about a large load."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE residents_party, residents_digitaladdress")
