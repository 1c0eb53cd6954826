"""Reads about parties. None returns a BSN."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from gemeente.kernel.errors import NotFound
from gemeente.residents.models import DigitalAddress, Party
from gemeente.residents.names import named, named_like
from gemeente.residents.rules import SearchWords, email_key, phone_key, read_search
from gemeente.residents.types import (
    AddressKind,
    DigitalAddressCard,
    FoundBy,
    FoundParty,
    Name,
    OwnDetails,
    PartyCard,
    PartyKind,
    ReachBy,
)

FOUND_AT_MOST = 20


def _card(party: Party) -> PartyCard:
    return PartyCard(
        id=party.id,
        name=Name(
            kind=PartyKind(party.kind),
            given=party.given_names.split(" ")[0],
            prefix=party.prefix,
            family=party.family_name,
            business=party.business_name,
            gender=party.gender,
        ),
        birth_date=party.birth_date,
        street=party.street,
        house_number=party.house_number,
        postcode=party.postcode,
        place=party.place,
        language=party.language,
        large_print=party.large_print,
        preferred_channel=party.preferred_channel,
        notice_channel=party.notice_channel,
        asked_afterwards=party.asked_afterwards,
        kvk_number=party.kvk_number,
    )


def in_large_print(parties: Iterable[UUID]) -> set[UUID]:
    """Return which of these want their letters in large print. One statement."""
    return set(Party.objects.filter(id__in=list(parties), large_print=True).values_list("id", flat=True))


def party_card(party: UUID) -> PartyCard | None:
    """Return how to name somebody, or None. One statement."""
    found = next(iter(Party.objects.raw("SELECT * FROM residents_party WHERE id = %s", [party])), None)
    return _card(found) if found else None


def party_with_addresses(party: UUID) -> tuple[PartyCard, list[DigitalAddressCard]] | None:
    """Return a party with its e-mail addresses and phone numbers, the preferred ones first; or None. One statement."""
    addresses = (
        DigitalAddress.objects.filter(party_id=OuterRef("id"))
        .order_by("kind", "-preferred", "value")
        .values(card=JSONObject(kind="kind", value="value", verified_at="verified_at", evidence="evidence"))
    )
    found = Party.objects.filter(id=party).annotate(reached_by=ArraySubquery(addresses)).first()
    if found is None:
        return None
    cards = [
        DigitalAddressCard(
            kind=AddressKind(one["kind"]),
            value=one["value"],
            verified=one["verified_at"] is not None,
            evidence=one["evidence"],
        )
        for one in found.reached_by
    ]
    return _card(found), cards


def households_of(*parties: UUID | None) -> dict[UUID, UUID | None]:
    """Return the household of each of these parties, None while we don't know it. One statement."""
    known = [party for party in parties if party]
    return dict(Party.objects.filter(id__in=known).values_list("id", "household"))


def preferred_channel(party: UUID) -> str:
    """Return how somebody wants their answers; "web" while that is an e-mail address of which we are not sure. One statement."""
    sure = DigitalAddress.objects.filter(party_id=party, kind=AddressKind.EMAIL, verified_at__isnull=False)
    chosen = Party.objects.filter(id=party).values_list("preferred_channel", Exists(sure)).first()
    if chosen is None or chosen == (ReachBy.EMAIL, False):
        return ReachBy.WEB
    return ReachBy(chosen[0])


def own_details(party: UUID) -> OwnDetails:
    """Return how somebody can be reached, as they see it themselves. One statement. Raises NotFound."""
    found = party_with_addresses(party)
    if found is None:
        raise NotFound("Wij kennen u nog niet. Bel ons, dan helpen wij u.")
    card, addresses = found
    emails = [one for one in addresses if one.kind == AddressKind.EMAIL]
    phone = next((one for one in addresses if one.kind == AddressKind.PHONE), None)
    email = emails[0] if emails else None
    return OwnDetails(
        card=card,
        email=email.value if email else "",
        email_verified=bool(email and email.verified),
        email_until_then=next((one.value for one in emails[1:] if one.verified), ""),
        phone=phone.value if phone else "",
        phone_verified=bool(phone and phone.verified),
    )


def verified_email(party: UUID) -> str:
    """Return the e-mail address that we know to be theirs, or "". Only there may personal content go. One statement."""
    row = (
        DigitalAddress.objects.filter(party_id=party, kind=AddressKind.EMAIL, verified_at__isnull=False)
        .order_by("-preferred")
        .first()
    )
    return row.value if row else ""


def email_to_confirm(address: UUID) -> tuple[str, str]:
    """Return an e-mail address that nobody confirmed yet and its owner's language; "" twice when there is none. One statement."""
    rows = DigitalAddress.objects.filter(id=address, kind=AddressKind.EMAIL, verified_at=None)
    return rows.values_list("value", "party__language").first() or ("", "")


def party_by_verified_email(address: str) -> UUID | None:
    """Return whose verified address this is; None when it is nobody's, or when several people share it. One statement."""
    owners = DigitalAddress.objects.filter(
        kind=AddressKind.EMAIL, key=email_key(address), verified_at__isnull=False
    ).values_list("party_id", flat=True)[:2]
    return owners[0] if len(owners) == 1 else None


def party_by_bsn(bsn: str) -> PartyCard | None:
    """Return who has this BSN, or None. The number comes by POST only, and goes nowhere. One statement."""
    found = Party.objects.filter(bsn=bsn).first()
    return _card(found) if found else None


def party_by_subject(subject: str) -> PartyCard | None:
    """Return whom an identity provider vouches for: by BSN (DigiD), KVK number (eHerkenning) or party id. One statement."""
    try:
        return party_card(UUID(subject))
    except ValueError:
        found = Party.objects.filter(Q(bsn=subject) | Q(kvk_number=subject)).first() if subject else None
    return _card(found) if found else None


def find_parties(*, words: str = "", birth_date: date | None = None, phone: str = "") -> list[FoundParty]:
    """Find people by name parts, postcode with house number, birth date, phone number or BSN, at most 20, and say why.

    "hoekstra 9715" finds everybody named Hoekstra in postcode 9715; "9715AB 214" who lives there. When names find fewer than
    20, names that look like them follow. Three statements at most.
    """
    asked = read_search(words)
    asked = replace(asked, birth_date=birth_date or asked.birth_date, phone=phone_key(phone) or asked.phone)
    if not asked.names or asked.birth_date or asked.phone or asked.bsn:
        return _by_numbers(asked)
    exact = named(asked, limit=FOUND_AT_MOST)
    found = [FoundParty(card=_card(one.party), by=FoundBy.NAME) for one in exact]
    if len(found) == FOUND_AT_MOST:
        return found
    known = {one.party.id for one in exact}
    similar = [one for one in named_like(asked, limit=FOUND_AT_MOST) if one.party.id not in known]
    found += [FoundParty(card=_card(one.party), by=FoundBy.SIMILAR, looks_like=one.word) for one in similar]
    return found[:FOUND_AT_MOST]


def _by_numbers(asked: SearchWords) -> list[FoundParty]:
    """Return whom numbers point to, with the one that tells most as the reason; names narrow it down. One statement."""
    by = next((by for by, given in _numbers(asked) if given), None)
    if by is None:
        return []
    found = Party.objects.all()
    if asked.bsn:
        found = found.filter(bsn=asked.bsn)
    if asked.phone:
        found = found.filter(addresses__kind=AddressKind.PHONE, addresses__key=asked.phone)
    if asked.birth_date:
        found = found.filter(birth_date=asked.birth_date)
    if asked.postcode:
        found = found.filter(postcode__startswith=asked.postcode)
    if asked.house_number:
        found = found.filter(house_number__istartswith=asked.house_number)
    for name in asked.names:
        found = found.filter(Q(search_name__startswith=name) | Q(search_name__contains=f" {name}"))
    return [FoundParty(card=_card(party), by=by) for party in found.order_by("search_name")[:FOUND_AT_MOST]]


def _numbers(asked: SearchWords) -> Iterator[tuple[FoundBy, object]]:
    yield FoundBy.BSN, asked.bsn
    yield FoundBy.PHONE, asked.phone
    yield FoundBy.BIRTH_DATE, asked.birth_date
    yield FoundBy.ADDRESS, asked.house_number
    yield FoundBy.POSTCODE, asked.postcode


def count_parties(*, made_up: bool) -> int:
    """Return how many parties there are that are made up, or real. One statement."""
    return Party.objects.filter(made_up=made_up).count()
