"""Writes about parties."""

from dataclasses import asdict
from uuid import UUID, uuid5

from django.db import connection
from django.utils.translation import gettext_noop

from gemeente.access.types import Actor, Purpose, Right
from gemeente.kernel import clock
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import DomainError, NotAllowed, NotFound
from gemeente.kernel.events import publish
from gemeente.kernel.ids import new_id
from gemeente.residents.events import EmailToConfirm
from gemeente.residents.models import DigitalAddress, Party
from gemeente.residents.names import index_names
from gemeente.residents.queries import own_details
from gemeente.residents.rules import can_reach, email_key, passes_eleven_test, phone_key, search_key
from gemeente.residents.types import AddressKind, NewParty, ReachBy

# What somebody chose themselves stays when their source tells us about them again.
_THEIR_CHOICE = ("preferred_channel", "notice_channel", "asked_afterwards", "large_print", "language")
_CHANGING = [field.name for field in Party._meta.fields if field.name not in ("id", "created_at", *_THEIR_CHOICE)]


@command(right=Right.ADMINISTER, purpose=Purpose.RUN_SYSTEM)
def register_party(*, actor: Actor, party: NewParty) -> UUID:
    """Register a resident or business; return the id. A known id is overwritten, except what they chose themselves.

    Raises DomainError for a BSN that fails the eleven-test (the message does not repeat it).
    """
    if party.bsn is not None and not passes_eleven_test(party.bsn):
        raise DomainError("Dit burgerservicenummer klopt niet. Kijk het nog eens na.")
    name = party.business_name or " ".join(filter(None, (party.prefix, party.family_name, party.given_names)))
    row = Party(
        **asdict(party)
        | {"id": party.id or new_id(), "postcode": party.postcode.replace(" ", "").upper()}
        | {"search_name": search_key(name), "created_at": clock.now()}
        | {"notice_channel": ReachBy.LETTER if party.preferred_channel == ReachBy.LETTER else ReachBy.EMAIL}
    )
    # An upsert: save() only inserts here, because the key has a default.
    Party.objects.bulk_create([row], update_conflicts=True, unique_fields=["id"], update_fields=_CHANGING)
    index_names([row.id])
    about(subject=row.id)
    return row.id


@command(right=Right.ADMINISTER, purpose=Purpose.RUN_SYSTEM)
def register_address(
    *, actor: Actor, party: UUID, kind: AddressKind, value: str, evidence: str = "", preferred: bool = False
) -> None:
    """Give a party an e-mail address or phone number. With `evidence` it counts as verified: say how we know.

    One that was verified stays so.
    """
    about(subject=party)
    key = _key(kind, value)
    DigitalAddress.objects.update_or_create(
        party_id=party,
        kind=kind,
        key=key,
        defaults={"value": value.strip(), "preferred": preferred}
        | ({"verified_at": clock.now(), "evidence": evidence} if evidence else {}),
    )


def _key(kind: AddressKind, value: str) -> str:
    return email_key(value) if kind == AddressKind.EMAIL else phone_key(value)


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def change_contact_details(*, actor: Actor, email: str, phone: str) -> None:
    """Change how one can be reached oneself; an empty value removes it.

    A new e-mail address counts when it is confirmed by the link that is mailed to it. Until then the confirmed one stays.
    Raises NotAllowed when the actor is no resident or business, DomainError when they chose to be reached by what goes.
    """
    party = _oneself(actor)
    about(subject=party, what=(gettext_noop("E-mailadres"), gettext_noop("Telefoonnummer")))
    own = Party.objects.get(id=party)
    _require_reach(own.preferred_channel, own.notice_channel, email=email, phone=phone, street=own.street)
    _replace(party, AddressKind.PHONE, phone)
    new = _replace(party, AddressKind.EMAIL, email)
    if new is not None:
        publish(EmailToConfirm(address=new))


def _oneself(actor: Actor) -> UUID:
    if actor.party is None:
        raise NotAllowed("Alleen uzelf kunt dit veranderen. Log eerst in.")
    return actor.party


def _require_reach(*ways: str, email: str, phone: str, street: str) -> None:
    if not all(can_reach(way, email=email, phone=phone, street=street) for way in ways):
        raise DomainError("Zo kunnen wij u niet bereiken. Kies een andere manier, of vul uw gegevens aan.")


def _replace(party: UUID, kind: AddressKind, value: str) -> UUID | None:
    """Let this be the one address of its kind; return its id while nobody confirmed it, else None."""
    key = _key(kind, value)
    others = DigitalAddress.objects.filter(party_id=party, kind=kind).exclude(key=key)
    if not key:
        others.delete()
        return None
    # The same address of the same person has the same id each time: a link that was mailed stays good.
    said = {"value": value.strip(), "preferred": True}
    given, _ = DigitalAddress.objects.update_or_create(
        party_id=party,
        kind=kind,
        key=key,
        defaults=said,
        create_defaults=said | {"id": uuid5(party, f"{kind}:{key}")},
    )
    if given.verified_at or kind == AddressKind.PHONE:
        others.delete()
        return None
    others.filter(verified_at=None).delete()
    others.update(preferred=False)
    return given.id


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def confirm_email(*, actor: Actor, address: UUID) -> None:
    """Note that an e-mail address is somebody's own, because they opened the link that went there. Idempotent.

    It takes the place of the address they had before. Raises NotFound when they gave another one since.
    """
    given = DigitalAddress.objects.select_for_update().filter(id=address, kind=AddressKind.EMAIL).first()
    if given is None:
        raise NotFound("Deze link werkt niet meer. Vraag bij uw gegevens een nieuwe aan.")
    about(subject=given.party_id, what=(gettext_noop("E-mailadres"),))
    if given.verified_at is None:
        given.verified_at, given.evidence = clock.now(), gettext_noop("bevestigd met een link")
        given.save(update_fields=["verified_at", "evidence"])
        DigitalAddress.objects.filter(party_id=given.party_id, kind=given.kind).exclude(id=address).delete()


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def choose_preferences(*, actor: Actor, answers: ReachBy, notices: ReachBy, asked_afterwards: bool) -> None:
    """Choose oneself how answers and how notices come, and whether we ask afterwards how it went.

    Raises NotAllowed when the actor is no resident or business, DomainError for a way by which we cannot reach them.
    """
    party = _oneself(actor)
    about(subject=party, what=(gettext_noop("Voorkeuren"),))
    own = own_details(party)
    _require_reach(answers, notices, email=own.email, phone=own.phone, street=own.card.street)
    Party.objects.filter(id=party).update(
        preferred_channel=answers, notice_channel=notices, asked_afterwards=asked_afterwards
    )


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def choose_print(*, actor: Actor, large: bool) -> None:
    """Choose oneself how large our letters are printed. Raises NotAllowed when the actor is no resident or business."""
    party = _oneself(actor)
    about(subject=party, what=(gettext_noop("Voorkeuren"),))
    Party.objects.filter(id=party).update(large_print=large)


@command(right=Right.ASK, purpose=Purpose.OWN_AFFAIRS)
def choose_language(*, actor: Actor, language: str) -> None:
    """Choose oneself in which language we write. Raises NotAllowed when the actor is no resident or business."""
    party = _oneself(actor)
    about(subject=party, what=(gettext_noop("Voorkeuren"),))
    Party.objects.filter(id=party).update(language=language)


def refresh_statistics() -> None:
    """Let the planner know about a large load."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE residents_party, residents_digitaladdress, residents_namepart, residents_namevariant")
