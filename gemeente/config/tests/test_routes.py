"""Every address with everybody: who may come in comes in, who may not is turned away, and nothing breaks."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from gemeente.access.types import ANONYMOUS, Actor, ActorKind, Right, Role
from gemeente.config.tests.people import employee_with, log_in, register_resident

SOMEONE_ELSES = "Dit is voor iemand anders"
NOBODY = UUID("019ab000-0000-7000-8000-000000000000")
ARGUMENTS: dict[str, Any] = {
    "number": "2026-99999",
    "signed": "forged",
    "party": NOBODY,
    "attachment": NOBODY,
    "letter": NOBODY,
    "promise": NOBODY,
    "fact": NOBODY,
    "task": NOBODY,
    "code": "forged",
    "leave": 1,
    "kept": 1,
    "box": "nobody",
    "key": "nothing",
}


def patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern)
        else:
            yield pattern


def path_of(pattern: URLPattern) -> str:
    wanted = pattern.pattern.regex.groupindex
    view: Any = pattern.name or pattern.callback
    return reverse(view, kwargs={name: ARGUMENTS[name] for name in wanted})


ROUTES = list(patterns(get_resolver()))
WHO = ["anonymous", "resident", *Role]


def actor_of(who: str) -> Actor:
    if who == "anonymous":
        return ANONYMOUS
    return register_resident() if who == "resident" else employee_with(Role(who))


def admitted(actor: Actor, admits: str) -> bool:
    kind, _, rights = admits.partition(":")
    if kind == "anyone":
        return True
    return actor.kind == kind and (not rights or any(map(actor.may, rights.split("|"))))


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.pattern))
def test_each_view_says_who_may_come_in(route: URLPattern) -> None:
    admits: str = route.callback.admits  # type: ignore[attr-defined]  # what this test is about
    kind, _, rights = admits.partition(":")
    assert kind in ("anyone", "resident", "employee")
    assert (kind == "employee") == bool(rights)
    assert not rights or set(rights.split("|")) <= set(Right)


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: str(route.pattern))
def test_each_route_with_each_role(route: URLPattern, who: str) -> None:
    actor, path = actor_of(who), path_of(route)
    client = Client(raise_request_exception=False)
    log_in(client, actor)
    for ask in (client.get, client.post):
        answer = ask(path)
        sent_away = answer.status_code == 302 and answer["Location"].startswith("/inloggen/?then=")
        refused = answer.status_code == 403 and SOMEONE_ELSES in answer.content.decode()
        assert answer.status_code < 500 or path in ("/readyz",)
        if admitted(actor, route.callback.admits):  # type: ignore[attr-defined]  # see above
            assert not sent_away
            assert not refused
        else:
            assert sent_away if actor.kind == ActorKind.ANONYMOUS else refused


@pytest.mark.django_db
def test_a_view_that_says_nothing_stays_shut(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    (home,) = [route for route in ROUTES if route.name == "home"]
    monkeypatch.setattr(home, "callback", lambda request: None)
    assert client.get("/").status_code == 403
