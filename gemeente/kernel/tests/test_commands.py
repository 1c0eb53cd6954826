from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection

from gemeente.audit.models import Entry
from gemeente.kernel.commands import about, command
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.ids import new_id
from gemeente.kernel.models import Heartbeat

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Somebody:
    """The least that a command asks of who acts."""

    rights: frozenset[str]
    kind: str = "employee"
    id: UUID | None = None
    name: str = "Iemand"
    department: str = "Publiekszaken"

    def may(self, right: str) -> bool:
        return right in self.rights


@command(right="write", purpose="proberen")
def write_something(*, actor: Somebody, subject: UUID | None = None, fails: bool = False) -> str:
    Heartbeat.objects.create(part="probe", beaten_at="2026-11-24T12:00:00Z")
    about(subject=subject, what=("Naam",))
    if fails:
        raise LookupError
    return "gedaan"


ALLOWED = Somebody(frozenset({"write"}))


def test_it_works_and_leaves_one_audit_row() -> None:
    party = new_id()
    assert write_something(actor=ALLOWED, subject=party) == "gedaan"
    row = Entry.objects.get()
    assert (row.action, row.purpose, row.subject, row.what) == ("write_something", "proberen", party, ["Naam"])
    assert not row.refused
    assert len(row.trace_id) == 32


def test_without_the_right_nothing_happens_and_the_attempt_is_logged() -> None:
    with pytest.raises(NotAllowed):
        write_something(actor=Somebody(frozenset()))
    assert not Heartbeat.objects.exists()
    assert Entry.objects.get().refused


def test_a_failure_leaves_neither_the_deed_nor_its_line() -> None:
    with pytest.raises(LookupError):
        write_something(actor=ALLOWED, fails=True)
    assert not Heartbeat.objects.exists()
    assert not Entry.objects.exists()


def test_about_outside_a_command_says_nothing() -> None:
    about(subject=new_id())
    assert not Entry.objects.exists()


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET purpose = 'anders'", "DELETE FROM audit_entry"])
def test_an_audit_line_is_never_changed(change: str) -> None:
    write_something(actor=ALLOWED)
    with pytest.raises(Exception, match="never changed"), connection.cursor() as cursor:
        cursor.execute(change)
