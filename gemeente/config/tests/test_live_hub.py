"""Who hears what: a colleague of the team or the handler, who sees all, and nobody else; and never more than ids."""

import asyncio
import json
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.access.types import Actor, ActorKind, Role
from gemeente.config.live.hub import LOOK_AGAIN, WAITING_AT_MOST, Hub, Line, Told
from gemeente.kernel.ids import new_id

TEAMS = ("wegen", "wmo", "kcc")


def employee(*teams: str, role: Role = Role.SPECIALIST) -> Actor:
    return Actor(kind=ActorKind.EMPLOYEE, id=new_id(), roles=frozenset({role}), teams=frozenset(teams))


def told(*teams: str, people: tuple[UUID, ...] = ()) -> Told:
    return Told("question", "2026-00001", 3, frozenset(teams), frozenset(people))


def heard(line: Line) -> list[bytes | None]:
    """Return what waits for a browser, and close its line."""
    line.put(b"last")

    async def all_of_it() -> list[bytes | None]:
        said: list[bytes | None] = []
        while (message := await line.hear()) not in (b"last", None):
            said.append(message)
        return said

    return asyncio.run(all_of_it())


def test_it_says_ids_and_nothing_else() -> None:
    hub, actor = Hub(), employee("wegen")
    line = hub.open(actor)
    hub.tell(told("wegen", people=(actor.key,)))
    (said,) = heard(line)
    assert said is not None
    body = json.loads(said.removeprefix(b"data: "))
    assert body == {"kind": "question", "number": "2026-00001", "version": 3, "own": True}


@given(
    mine=st.sets(st.sampled_from(TEAMS)),
    theirs=st.sets(st.sampled_from(TEAMS), min_size=1),
    called=st.booleans(),
    role=st.sampled_from([Role.SPECIALIST, Role.KCC, Role.TEAM_LEAD, Role.STEERING]),
)
def test_who_may_open_a_question_hears_of_it_and_nobody_else(
    mine: set[str], theirs: set[str], called: bool, role: Role
) -> None:
    hub, actor = Hub(), employee(*mine, role=role)
    line = hub.open(actor)
    hub.tell(told(*theirs, people=(actor.key,) if called else ()))
    own = called or bool(mine & theirs)
    sees_all = role in (Role.KCC, Role.STEERING)
    assert len(heard(line)) == (own or sees_all)


def test_who_does_not_listen_loses_the_line_and_not_the_memory() -> None:
    hub = Hub()
    line = hub.open(employee("wegen"))
    for _ in range(WAITING_AT_MOST + 1):
        hub.tell_all(LOOK_AGAIN)
    assert heard(line) == []


@pytest.mark.parametrize("nobody", [Actor(kind=ActorKind.EMPLOYEE, id=new_id())])
def test_who_has_no_role_and_no_team_hears_nothing(nobody: Actor) -> None:
    hub = Hub()
    line = hub.open(nobody)
    hub.tell(told(*TEAMS))
    assert heard(line) == []
