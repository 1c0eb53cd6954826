from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gemeente.access.types import Actor, ActorKind, Role
from gemeente.kernel.errors import DomainError, NotAllowed
from gemeente.residents.commands import register_address, register_party
from gemeente.residents.queries import (
    find_parties,
    party_by_bsn,
    party_by_subject,
    party_by_verified_email,
    party_with_addresses,
    verified_email,
)
from gemeente.residents.types import AddressKind, NewParty, PartyKind

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(kind=ActorKind.EMPLOYEE, name="Beheer", roles=frozenset({Role.ADMINISTRATOR}))


def register(**more: Any) -> UUID:
    given: dict[str, Any] = {"kind": PartyKind.PERSON, "given_names": "Hiltje", "prefix": "de", "family_name": "Vries"}
    return register_party(actor=ADMINISTRATOR, party=NewParty(**given | more))


def give_address(party: UUID, value: str, *, evidence: str = "", kind: AddressKind = AddressKind.EMAIL) -> None:
    register_address(actor=ADMINISTRATOR, party=party, kind=kind, value=value, evidence=evidence)


def names(**asked: Any) -> list[str]:
    return [card.name.full for card in find_parties(**asked)]


class TestFind:
    @pytest.fixture(autouse=True)
    def people(self) -> None:
        here = {"street": "Korreweg", "house_number": "214a", "postcode": "9715 ab", "birth_date": date(1955, 3, 4)}
        hiltje = register(**here)
        register(given_names="Émile", prefix="", family_name="Brûlé", postcode="9711XX", house_number="2")
        give_address(hiltje, "+31 6 1234 5678", kind=AddressKind.PHONE)

    @pytest.mark.parametrize(
        "asked",
        [
            {"words": "vries"},
            {"words": "HILTJE vr"},
            {"words": "9715 AB 214"},
            {"words": "9715ab"},
            {"words": "vries 9715"},
            {"birth_date": date(1955, 3, 4)},
            {"phone": "06-12345678"},
        ],
    )
    def test_it_works(self, asked: dict[str, Any]) -> None:
        assert names(**asked) == ["Hiltje de Vries"]

    def test_accents_need_not_be_typed(self) -> None:
        assert names(words="brule") == ["Émile Brûlé"]

    @pytest.mark.parametrize("words", ["", "   ", "214", "x" * 200, "%", "'; DROP TABLE residents_party; --"])
    def test_words_that_name_nobody_find_nobody(self, words: str) -> None:
        assert names(words=words) == []


class TestAddresses:
    def test_only_a_verified_address_tells_who_writes(self) -> None:
        party = register()
        give_address(party, "h@voorbeeld.nl")
        assert party_by_verified_email("h@voorbeeld.nl") is None
        assert verified_email(party) == ""
        give_address(party, "H@voorbeeld.nl", evidence="bevestigd met een link")
        assert party_by_verified_email("h@VOORBEELD.nl") == party
        assert verified_email(party) == "H@voorbeeld.nl"
        found = party_with_addresses(party)
        assert found is not None
        assert [card.verified for card in found[1]] == [True]

    def test_a_shared_address_is_nobodys(self) -> None:
        for _ in range(2):
            give_address(register(), "samen@voorbeeld.nl", evidence="bevestigd met een link")
        assert party_by_verified_email("samen@voorbeeld.nl") is None


class TestNumbers:
    def test_by_bsn_and_by_kvk(self) -> None:
        party = register(bsn="999990019")
        shop = register(kind=PartyKind.BUSINESS, kvk_number="90000001", business_name="Bakkerij")
        found = party_by_bsn("999990019")
        assert found is not None
        assert found.id == party
        for subject, whose in (("999990019", party), ("90000001", shop), (str(shop), shop)):
            known = party_by_subject(subject)
            assert known is not None
            assert known.id == whose
        assert party_by_subject("") is None

    def test_a_wrong_bsn_is_refused_and_not_repeated(self) -> None:
        with pytest.raises(DomainError) as refused:
            register(bsn="999990018")
        assert "999990018" not in str(refused.value)

    def test_only_an_administrator_registers(self) -> None:
        kcc = Actor(kind=ActorKind.EMPLOYEE, roles=frozenset({Role.KCC}))
        with pytest.raises(NotAllowed):
            register_party(actor=kcc, party=NewParty(kind=PartyKind.PERSON))
