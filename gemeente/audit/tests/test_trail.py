"""Who did or saw what, to whose data and why: one line each, that nobody changes."""

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from gemeente.access.types import Purpose, Role
from gemeente.audit.commands import log_look
from gemeente.audit.models import Entry
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.tests.talk import ask
from gemeente.kernel import trace

pytestmark = pytest.mark.django_db


def test_a_look_says_who_whose_why_and_which_data(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    kcc, hiltje = employee_with(Role.KCC), register_resident()
    held = ask(by=hiltje)
    with django_assert_num_queries(1):
        log_look(
            actor=kcc,
            action="open_question",
            purpose=Purpose.HANDLE_QUESTION,
            subject=hiltje.id,
            object_id=held.id,
            what=("Naam en adres",),
        )
    line = Entry.objects.get(action="open_question")
    assert (line.actor_id, line.actor_name, line.department) == (kcc.id, kcc.name, kcc.department)
    assert (line.subject, line.object_id, line.purpose) == (hiltje.id, held.id, "een vraag behandelen")
    assert (line.what, line.refused, line.trace_id) == (["Naam en adres"], False, trace.current())


def test_a_resident_finds_the_lines_about_themselves() -> None:
    hiltje, jelle = register_resident(), register_resident(given="Jelle")
    ask(by=hiltje)
    ask(by=jelle)
    actions = Entry.objects.filter(subject=hiltje.id).order_by("-at", "-id").values_list("action", flat=True)
    assert set(actions) == {"register_party", "receive_message", "take_in_message"}


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET subject = NULL", "DELETE FROM audit_entry"])
def test_nobody_changes_a_line(change: str) -> None:
    ask()
    lines = list(Entry.objects.order_by("id").values())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    assert list(Entry.objects.order_by("id").values()) == lines
