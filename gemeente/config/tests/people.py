"""People for the tests of whole requests: made through the product's own commands, logged in through its own session."""

from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from gemeente.access.commands import enrol_employee
from gemeente.access.middleware import ACTOR
from gemeente.access.queries import employee_actor, employee_by_username
from gemeente.access.types import Actor, ActorKind, Role
from gemeente.residents.commands import register_address, register_party
from gemeente.residents.types import AddressKind, NewParty, PartyKind

ADMINISTRATOR = Actor(kind=ActorKind.EMPLOYEE, name="Beheer", roles=frozenset({Role.ADMINISTRATOR}))


def register_resident(*, given: str = "Hiltje", family: str = "Vries", email: str = "", verified: bool = True) -> Actor:
    """Return a new resident as an actor; with `email` as their own address."""
    new = NewParty(kind=PartyKind.PERSON, given_names=given, family_name=family, gender="V")
    party: UUID = register_party(actor=ADMINISTRATOR, party=new)
    if email:
        evidence = "bevestigd met een link" if verified else ""
        register_address(actor=ADMINISTRATOR, party=party, kind=AddressKind.EMAIL, value=email, evidence=evidence)
    return Actor(kind=ActorKind.RESIDENT, id=party, name=f"{given} {family}")


def employee_with(*roles: Role, teams: tuple[str, ...] = ("kcc",), username: str = "") -> Actor:
    """Return a new employee with these roles and teams."""
    username = username or "-".join(roles)
    enrol_employee(
        actor=ADMINISTRATOR,
        username=username,
        name=f"Medewerker {username}",
        roles=list(roles),
        teams=list(teams),
        department="publiekszaken",
    )
    known = employee_by_username(username)
    actor = employee_actor(known) if known else None
    assert actor is not None
    return actor


def log_in(client: Client, actor: Actor) -> None:
    """Give a test client the session of this actor, as logging in does; nothing for somebody unknown."""
    if actor.kind == ActorKind.ANONYMOUS:
        return
    session = SessionStore()
    session[ACTOR] = {"kind": actor.kind.value, "id": str(actor.id), "name": actor.name}
    session["means"], session["level"] = "demonstratie", "geen"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)
