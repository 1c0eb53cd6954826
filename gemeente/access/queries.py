"""Reads about people and teams."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.db import connection

from gemeente.access.models import Employee, Team
from gemeente.access.types import Actor, ActorKind, Role


@dataclass(frozen=True, kw_only=True)
class TeamCard:
    """A team as a screen names it."""

    key: str
    name: str
    department: str
    department_name: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class ContactCard:
    """An employee as a resident may know them: a name, a number, and when to reach them."""

    id: UUID
    name: str
    phone: str
    works_days: str
    what_for: str


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


def employee_cards() -> list[tuple[str, str, str, str]]:
    """Return (username, name, what_for, roles) of all active employees, at most 100, for the demonstration's log-in page."""
    rows = Employee.objects.filter(active=True).order_by("name")[:100]
    return [(row.username, row.name, row.what_for, ", ".join(row.roles)) for row in rows]


def contact_card(employee: UUID) -> ContactCard | None:
    """Return how a resident reaches this employee, or None when they left."""
    row = Employee.objects.filter(id=employee, active=True).first()
    if row is None:
        return None
    return ContactCard(id=row.id, name=row.name, phone=row.phone, works_days=row.works_days, what_for=row.what_for)


@cache
def teams() -> dict[str, TeamCard]:
    """Return all active teams by key. Kept in memory until `forget_teams`: the organisation changes once a year."""
    rows = Team.objects.filter(active=True).select_related("department").order_by("name")
    return {
        row.key: TeamCard(
            key=row.key,
            name=row.name,
            department=row.department_id,
            department_name=row.department.name,
            phone=row.phone,
        )
        for row in rows
    }
