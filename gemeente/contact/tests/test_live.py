"""What the database tells to open screens: each change, when it is committed, with ids and who may hear it."""

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from gemeente.access.commands import load_organisation
from gemeente.access.types import Actor, Role
from gemeente.channels.types import Channel
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.config.tests.people import employee_with
from gemeente.contact.commands import hand_over_question, save_draft, take_up_question
from gemeente.contact.queries.workspace import conversation, version_of
from gemeente.contact.tests.talk import ask
from gemeente.products.commands import load_products

pytestmark = pytest.mark.django_db(transaction=True)


class _Ear:
    def __init__(self, line: psycopg.Connection[Any]) -> None:
        self._line = line

    def heard(self) -> list[dict[str, Any]]:
        """Return all that was told until now."""
        self._line.execute("NOTIFY live, 'last'")
        told = []
        for notify in self._line.notifies(timeout=10):
            if notify.payload == "last":
                break
            told.append(json.loads(notify.payload))
        return told


@pytest.fixture
def ear() -> Iterator[_Ear]:
    given = connection.get_connection_params()
    where = {name: given[name] for name in ("dbname", "user", "password", "host", "port") if name in given}
    with psycopg.connect(**where, autocommit=True) as line:
        line.execute("LISTEN live")
        yield _Ear(line)


@pytest.fixture(autouse=True)
def house() -> None:
    """Load what a test before this one may have emptied."""
    load_organisation(SHIPPED_ORGANISATION)
    load_products()


@pytest.fixture
def kcc(house: None) -> Actor:
    return employee_with(Role.KCC)


def test_a_change_is_told_with_who_has_it_now_and_who_had_it(ear: _Ear, kcc: Actor) -> None:
    held = ask(channel=Channel.PHONE)
    take_up_question(actor=kcc, question=held.id)
    ear.heard()
    hand_over_question(actor=kcc, question=held.id, to="wegen", reason="Stoep.", seen_version=version_of(held.id))
    (told,) = ear.heard()
    assert set(told) == {"kind", "number", "version", "teams", "people"}
    assert (told["kind"], told["number"], told["version"]) == ("question", held.number, version_of(held.id))
    assert (set(told["teams"]), told["people"]) == ({"kcc", "wegen"}, [str(kcc.id)])


def test_what_is_rolled_back_is_not_told(ear: _Ear, kcc: Actor) -> None:
    held = ask(channel=Channel.PHONE)
    ear.heard()
    with transaction.atomic():
        take_up_question(actor=kcc, question=held.id)
        transaction.set_rollback(True)
    assert ear.heard() == []


def test_company_is_told_when_it_comes_and_not_at_each_look(ear: _Ear, kcc: Actor) -> None:
    held = ask(channel=Channel.PHONE)
    ear.heard()
    for _ in range(3):
        conversation(kcc, held.number)
    assert [one["kind"] for one in ear.heard()] == ["company"]
    for text in ("B", "Be", "Beste"):
        save_draft(actor=kcc, question=held.id, text=text)
    assert [one["kind"] for one in ear.heard()] == ["company"]
