"""The official fictitious test persons of the BRP (RvIG), as residents.

Only BSNs that begin with 9999 and pass the eleven-test.
"""

import csv
from collections.abc import Iterator
from datetime import date

from gemeente.access.types import Actor
from gemeente.demonstration.stories import DATA, id_of, people
from gemeente.residents.commands import register_party
from gemeente.residents.queries import count_parties
from gemeente.residents.rules import passes_eleven_test
from gemeente.residents.types import NewParty, PartyKind

FILE = DATA / "test_persons.csv"
_BSN, _GIVEN, _PREFIX, _FAMILY, _BORN, _GENDER = "01.01.20", "01.02.10", "01.02.30", "01.02.40", "01.03.10", "01.04.10"
_STREET, _NUMBER, _LETTER, _POSTCODE, _PLACE = "08.11.10", "08.11.20", "08.11.30", "08.11.60", "08.11.70"
_DIED = "06.08.10"


def test_persons() -> Iterator[dict[str, str]]:
    """Return each living test person once: a row is a person, a row without BSN belongs to the person above it.

    Who stands in `people.toml` too is left out: they are registered from there.
    """
    told = {one.bsn for one in people().resident}
    with FILE.open(encoding="utf-8-sig", newline="") as lines:
        persons = {row[_BSN]: row for row in csv.DictReader(lines, delimiter=";") if not row[_DIED]}
    for bsn, row in persons.items():
        if bsn.startswith("9999") and passes_eleven_test(bsn) and bsn not in told:
            yield row


def _birth_date(text: str) -> date | None:
    # The BRP writes an unknown month or day as 00: then the date stays unknown.
    if len(text) != 8 or text[4:6] == "00" or text[6:] == "00":
        return None
    return date(int(text[:4]), int(text[4:6]), int(text[6:]))


def load_test_persons(actor: Actor) -> int:
    """Register the test persons, when there are none yet; return how many."""
    if count_parties(made_up=True):
        return 0
    loaded = 0
    for row in test_persons():
        register_party(
            actor=actor,
            party=NewParty(
                id=id_of(row[_BSN]),
                kind=PartyKind.PERSON,
                bsn=row[_BSN],
                given_names=row[_GIVEN],
                prefix=row[_PREFIX],
                family_name=row[_FAMILY],
                gender=row[_GENDER] or "O",
                birth_date=_birth_date(row[_BORN]),
                street=row[_STREET],
                house_number=f"{row[_NUMBER]}{row[_LETTER]}",
                postcode=row[_POSTCODE],
                place=row[_PLACE],
                made_up=True,
            ),
        )
        loaded += 1
    return loaded
