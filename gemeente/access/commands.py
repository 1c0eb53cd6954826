"""Writes about the organisation."""

import tomllib
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import transaction

from gemeente.access.models import Department, Employee, Leave, Team
from gemeente.access.queries import teams
from gemeente.access.types import Actor, Purpose, Right
from gemeente.kernel.commands import command
from gemeente.kernel.errors import DomainError, NotAllowed, NotFound


@transaction.atomic
def load_organisation(file: Path) -> int:
    """Load departments and teams from a TOML file, by key; what is gone from the file is kept, but no longer active.

    Returns the number of active teams. Raises KeyError for a department or team without key or name.
    """
    read = tomllib.loads(file.read_text(encoding="utf-8"))["department"]
    Department.objects.exclude(key__in=[one["key"] for one in read]).update(active=False)
    Team.objects.exclude(key__in=[team["key"] for one in read for team in one["teams"]]).update(active=False)
    for one in read:
        department, _ = Department.objects.update_or_create(
            key=one["key"], defaults={"name": one["name"], "active": True}
        )
        for team in one["teams"]:
            Team.objects.update_or_create(
                key=team["key"], defaults={"name": team["name"], "department": department, "active": True}
            )
    teams.cache_clear()
    return sum(team.active for team in teams().values())


@command(right=Right.ADMINISTER, purpose=Purpose.RUN_SYSTEM)
def enrol_employee(
    *,
    actor: Actor,
    username: str,
    name: str,
    roles: list[str],
    teams: list[str],
    department: str,
    phone: str = "14 050",
    works_days: str = "Maandag tot en met vrijdag",
    what_for: str = "",
) -> None:
    """Give somebody a place in the organisation, or change it; the username is the key."""
    employee, _ = Employee.objects.update_or_create(
        username=username,
        defaults={
            "name": name,
            "roles": roles,
            "department_id": department,
            "phone": phone,
            "works_days": works_days,
            "what_for": what_for,
        },
    )
    employee.teams.set(Team.objects.filter(key__in=teams))


@command(right=Right.LEAD_TEAM, purpose=Purpose.RUN_SYSTEM)
def plan_leave(*, actor: Actor, employee: UUID, begins: date, ends: date, cover: UUID | None) -> None:
    """Note that somebody is away from `begins` to `ends` (both count), and who then helps their residents (V42).

    Raises NotAllowed for somebody of another team, DomainError when it ends before it begins, or when who covers is not there.
    """
    _require_led(actor, employee)
    if ends < begins:
        raise DomainError("De laatste dag ligt vóór de eerste. Kijk de datums nog eens na.")
    if cover == employee:
        raise DomainError("Niemand vervangt zichzelf. Kies een collega.")
    if cover and Leave.objects.filter(employee=cover, begins__lte=ends, ends__gte=begins).exists():
        raise DomainError("De vervanger is dan zelf weg. Kies een andere collega.")
    Leave.objects.update_or_create(employee_id=employee, begins=begins, defaults={"ends": ends, "cover_id": cover})


@command(right=Right.LEAD_TEAM, purpose=Purpose.RUN_SYSTEM)
def cancel_leave(*, actor: Actor, leave: int) -> None:
    """Take back that somebody is away. Raises NotFound when it is gone already, NotAllowed for somebody of another team."""
    row = Leave.objects.filter(id=leave).first()
    if row is None:
        raise NotFound("Dit verlof is er niet meer.")
    _require_led(actor, row.employee_id)
    row.delete()


def _require_led(actor: Actor, employee: UUID) -> None:
    if not Employee.objects.filter(id=employee, teams__in=actor.teams).exists():
        raise NotAllowed("Deze collega werkt niet in uw team.")
