"""Writes about the organisation."""

import tomllib
from pathlib import Path

from django.db import transaction

from gemeente.access.models import Department, Employee, Team
from gemeente.access.queries import teams
from gemeente.access.types import Actor, Purpose, Right
from gemeente.kernel.commands import command


@transaction.atomic
def load_organisation(file: Path) -> int:
    """Load departments and teams from a TOML file, by key; what is gone from the file is kept, but no longer active.

    Returns the number of teams. Raises KeyError for a department or team without key or name.
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
    return len(teams())


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
