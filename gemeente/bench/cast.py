"""Who sends the requests: people who are logged in, with sessions that the product itself made."""

from collections.abc import Iterable
from itertools import cycle, islice
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.module_loading import import_string

from gemeente.access.middleware import log_in
from gemeente.access.queries import employee_actor
from gemeente.access.types import Actor, ActorKind, Purpose
from gemeente.residents.queries import party_card
from gemeente.workspace.purpose import choose_for_party, choose_for_work

_TEAM = """
SELECT question.number, ARRAY(SELECT employee_id FROM access_employee_teams WHERE team_id = question.team ORDER BY id)
FROM contact_question AS question WHERE closed_at IS NULL AND EXISTS (
    SELECT FROM access_employee_teams WHERE team_id = question.team)
ORDER BY answer_due, id LIMIT 1
"""


def rows(sql: str, params: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Return what a statement finds: for choosing who and what to ask for."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return list(cursor.fetchall())


def _begun() -> HttpRequest:
    request = HttpRequest()
    request.session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    return request


def _kept(request: HttpRequest) -> str:
    """Keep the session; return its cookie with the one that protects forms: who logged in by a form has both."""
    request.session.save()
    get_token(request)
    session, protection = request.session.session_key, request.META["CSRF_COOKIE"]
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={protection}"


def resident_cookie(party: UUID) -> str:
    """Log a resident in, and return the cookie that their browser sends."""
    card, request = party_card(party), _begun()
    assert card is not None
    log_in(request, Actor(kind=ActorKind.RESIDENT, id=party, name=card.name.short), means="digid", level="substantieel")
    return _kept(request)


def employee_cookie(employee: UUID, *, parties: Iterable[UUID] = ()) -> str:
    """Log an employee in, who chose for what they work and for what they open these residents; return the cookie."""
    actor, request = employee_actor(employee), _begun()
    assert actor is not None
    log_in(request, actor, means="sso", level="hoog")
    request.session["row"] = "team"
    choose_for_work(request, Purpose.HANDLE_QUESTION)
    for party in parties:
        choose_for_party(request, party, Purpose.HANDLE_QUESTION)
    return _kept(request)


def team_at_work(browsers: int) -> tuple[str, list[str]]:
    """Log the employees of one team in, with so many browsers together; return a question of that team, and the cookies."""
    number, employees = rows(_TEAM)[0]
    return number, [employee_cookie(employee) for employee in islice(cycle(employees), browsers)]
