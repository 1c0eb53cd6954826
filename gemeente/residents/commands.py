"""Writes about parties."""

from datetime import date
from uuid import UUID

from django.db import connection

from gemeente.access.types import Actor, Purpose, Right
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError
from gemeente.kernel.ids import new_id
from gemeente.residents.models import DigitalAddress, Party
from gemeente.residents.rules import email_key, passes_eleven_test, phone_key, search_key
from gemeente.residents.types import AddressKind, PartyKind

_CHANGING = [field.name for field in Party._meta.fields if field.name not in ("id", "created_at")]


@command(right=Right.ADMINISTER, purpose=Purpose.RUN_SYSTEM)
def register_party(
    *,
    actor: Actor,
    kind: PartyKind,
    id: UUID | None = None,  # noqa: A002  # the field's own name
    bsn: str | None = None,
    kvk_number: str = "",
    given_names: str = "",
    prefix: str = "",
    family_name: str = "",
    business_name: str = "",
    gender: str = "O",
    birth_date: date | None = None,
    street: str = "",
    house_number: str = "",
    postcode: str = "",
    place: str = "",
    household: UUID | None = None,
    language: str = "nl",
    large_print: bool = False,
    preferred_channel: str = "web",
    confidential: bool = False,
    made_up: bool = False,
) -> UUID:
    """Register a resident or business; return the id. A known id is overwritten.

    Raises DomainError for a BSN that fails the eleven-test (the message does not repeat it).
    """
    if bsn is not None and not passes_eleven_test(bsn):
        raise DomainError("Dit burgerservicenummer klopt niet. Kijk het nog eens na.")
    name = business_name or " ".join(part for part in (prefix, family_name, given_names) if part)
    party = Party(
        id=id or new_id(),
        kind=kind,
        bsn=bsn,
        kvk_number=kvk_number,
        given_names=given_names,
        prefix=prefix,
        family_name=family_name,
        business_name=business_name,
        gender=gender,
        birth_date=birth_date,
        street=street,
        house_number=house_number,
        postcode=postcode.replace(" ", "").upper(),
        place=place,
        household=household,
        language=language,
        large_print=large_print,
        preferred_channel=preferred_channel,
        confidential=confidential,
        made_up=made_up,
        search_name=search_key(name),
        created_at=clock.now(),
    )
    # An upsert: save() only inserts here, because the key has a default.
    Party.objects.bulk_create([party], update_conflicts=True, unique_fields=["id"], update_fields=_CHANGING)
    about(subject=party.id)
    return party.id


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
