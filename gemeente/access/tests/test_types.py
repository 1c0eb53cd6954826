"""What each kind and role may: nothing by itself, and no more than they are here for."""

from uuid import uuid4

import pytest

from gemeente.access.types import ANONYMOUS, Actor, ActorKind, Right, Role, system


def rights_of(actor: Actor) -> set[Right]:
    return {right for right in Right if actor.may(right)}


def employee(*roles: Role) -> Actor:
    return Actor(kind=ActorKind.EMPLOYEE, id=uuid4(), roles=frozenset(roles))


def test_anybody_may_ask_and_without_a_role_nothing_more() -> None:
    for actor in (ANONYMOUS, Actor(kind=ActorKind.RESIDENT, id=uuid4()), employee()):
        assert rights_of(actor) == {Right.ASK}


@pytest.mark.parametrize("role", Role)
def test_no_role_does_what_is_the_machines(role: Role) -> None:
    assert not employee(role).may(Right.DELIVER)


def test_only_a_resident_acts_as_a_party() -> None:
    resident = Actor(kind=ActorKind.RESIDENT, id=uuid4())
    assert resident.party == resident.id
    assert [actor.party for actor in (ANONYMOUS, employee(*Role), system("Werk"))] == [None] * 3


def test_only_roles_with_an_overview_see_all_questions() -> None:
    assert {role for role in Role if employee(role).may(Right.SEE_ALL_QUESTIONS)} == {Role.KCC, Role.STEERING}


def test_an_administrator_sees_no_resident() -> None:
    assert rights_of(employee(Role.ADMINISTRATOR)) == {Right.ASK, Right.ADMINISTER}


def test_roles_add_up() -> None:
    both = employee(Role.SPECIALIST, Role.ADMINISTRATOR)
    assert rights_of(both) == rights_of(employee(Role.SPECIALIST)) | {Right.ADMINISTER}


def test_an_unknown_right_is_nobodys() -> None:
    assert not any(actor.may("everything") for actor in (ANONYMOUS, system("Werk"), employee(*Role)))


def test_somebody_unknown_has_no_key() -> None:
    with pytest.raises(LookupError):
        _ = ANONYMOUS.key
