"""Reads about people and teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, reduce
from operator import or_
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext

from gemeente.access.models import Employee, Leave, Team
from gemeente.access.types import Actor, ActorKind, Role
from gemeente.kernel import clock

LEAVES = 50
PEOPLE_AT_MOST = 200


@dataclass(frozen=True, kw_only=True)
class TeamCard:
    """A team as a screen names it."""

    key: str
    called: str
    department: str
    department_called: str
    phone: str
    active: bool

    @property
    def name(self) -> str:
        """Return its name in the language of the page; a name that the municipality made itself stays as it is."""
        return gettext(self.called)

    @property
    def department_name(self) -> str:
        """Return the name of its department likewise."""
        return gettext(self.department_called)


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """An employee as a resident may know them: a name, a number, when to reach them, and who covers while they are away."""

    id: UUID
    name: str
    phone: str
    works_days: str
    what_for: str
    away_until: date | None
    cover_name: str | None
    cover_phone: str | None
    cover: UUID | None


@dataclass(frozen=True, kw_only=True)
class LeaveCard:
    """When somebody is away, and who covers. Both dates count."""

    id: int
    name: str
    begins: date
    ends: date
    cover: str


_EMPLOYEE = """
SELECT employee.id, employee.name, department.name, employee.roles,
       ARRAY(SELECT team_id FROM access_employee_teams WHERE employee_id = employee.id)
FROM access_employee AS employee JOIN access_department AS department ON department.key = employee.department_id
WHERE employee.id = %s AND employee.active
"""


def employee_actor(employee: UUID) -> Actor | None:
    """Return the employee as an actor with today's roles and teams, or None when they no longer work here. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_EMPLOYEE, [employee])
        row = cursor.fetchone()
    if row is None:
        return None
    key, name, department, roles, teams = row
    return Actor(
        kind=ActorKind.EMPLOYEE,
        id=key,
        name=name,
        department=department,
        roles=frozenset(Role(role) for role in roles),
        teams=frozenset(teams),
    )


def employee_by_username(username: str) -> UUID | None:
    """Return the id of an active employee, or None."""
    return Employee.objects.filter(username=username, active=True).values_list("id", flat=True).first()


_CARDS = """
SELECT employee.id, employee.name, employee.phone, employee.works_days, employee.what_for, away.ends, cover.name, cover.phone,
       cover.id
FROM access_employee AS employee
LEFT JOIN access_leave AS away ON away.employee_id = employee.id AND %(today)s BETWEEN away.begins AND away.ends
LEFT JOIN access_employee AS cover ON cover.id = away.cover_id AND cover.active
WHERE employee.active AND (employee.id = %(employee)s OR employee.id IN (
    SELECT employee_id FROM access_employee_teams WHERE team_id = %(team)s))
ORDER BY employee.name, away.ends DESC
LIMIT 200
"""


_FIELDS = tuple(ContactCard.__dataclass_fields__)


def _cards(*, employee: UUID | None = None, team: str | None = None) -> list[ContactCard]:
    with connection.cursor() as cursor:
        cursor.execute(_CARDS, {"employee": employee, "team": team, "today": clock.today()})
        return list({row[0]: ContactCard(**dict(zip(_FIELDS, row, strict=True))) for row in cursor.fetchall()}.values())


def contact_card(employee: UUID) -> ContactCard | None:
    """Return how a resident reaches this employee, and who covers for them today; None when they left. One statement."""
    return next(iter(_cards(employee=employee)), None)


def team_members(team: str) -> list[ContactCard]:
    """Return the employees of a team by name, at most 200. One statement."""
    return _cards(team=team)


def employees_called(words: Iterable[str]) -> list[tuple[UUID, str]]:
    """Return the active employees (id, name) whose name begins with one of these words, at most 200. One statement."""
    begins = reduce(or_, (Q(name__istartswith=word) for word in words))
    return list(
        Employee.objects.filter(begins, active=True).order_by("name").values_list("id", "name")[:PEOPLE_AT_MOST]
    )


def leads_of(team: str) -> list[ContactCard]:
    """Return who leads a team, by name. Two statements."""
    leads = Employee.objects.filter(teams=team, active=True, roles__contains=[Role.TEAM_LEAD])
    known = set(leads.values_list("id", flat=True))
    return [one for one in team_members(team) if one.id in known]


def leaves_of(teams: Iterable[str], *, page: int = 0) -> tuple[list[LeaveCard], bool]:
    """Return who of these teams is away today or later, soonest first, 50 a page; and whether there is more. One statement."""
    people = Employee.objects.filter(teams__in=teams, active=True)
    rows = Leave.objects.filter(employee__in=people, ends__gte=clock.today()).order_by("begins", "employee__name", "id")
    begin = page * LEAVES
    found = list(rows.values_list("id", "employee__name", "begins", "ends", "cover__name")[begin : begin + LEAVES + 1])
    cards = [
        LeaveCard(id=key, name=name, begins=begins, ends=ends, cover=cover or "")
        for key, name, begins, ends, cover in found[:LEAVES]
    ]
    return cards, len(found) > LEAVES


def team_card(key: str) -> TeamCard | None:
    """Return an active team, or None when there is none of that key any more."""
    found = teams().get(key)
    return found if found and found.active else None


@cache
def teams() -> dict[str, TeamCard]:
    """Return all teams by key; one that is no longer active still has questions of before. Kept in memory until a load."""
    rows = Team.objects.select_related("department").order_by("name")
    return {
        row.key: TeamCard(
            key=row.key,
            called=row.name,
            department=row.department_id,
            department_called=row.department.name,
            phone=row.phone,
            active=row.active,
        )
        for row in rows
    }
