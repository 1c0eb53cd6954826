from datetime import date
from typing import Any
from uuid import UUID

import pytest

from gemeente.access.types import Actor, ActorKind, Role
from gemeente.kernel.errors import DomainError, NotAllowed
from gemeente.residents.commands import register_address, register_party
from gemeente.residents.models import NamePart, NameVariant
from gemeente.residents.names import index_missing_names
from gemeente.residents.queries import (
    find_parties,
    party_by_bsn,
    party_by_subject,
    party_by_verified_email,
    party_with_addresses,
    verified_email,
)
from gemeente.residents.types import AddressKind, FoundBy, NewParty, PartyKind

pytestmark = pytest.mark.django_db
ADMINISTRATOR = Actor(kind=ActorKind.EMPLOYEE, name="Beheer", roles=frozenset({Role.ADMINISTRATOR}))


def register(**more: Any) -> UUID:
    given: dict[str, Any] = {"kind": PartyKind.PERSON, "given_names": "Hiltje", "prefix": "de", "family_name": "Vries"}
    return register_party(actor=ADMINISTRATOR, party=NewParty(**given | more))


def give_address(party: UUID, value: str, *, evidence: str = "", kind: AddressKind = AddressKind.EMAIL) -> None:
    register_address(actor=ADMINISTRATOR, party=party, kind=kind, value=value, evidence=evidence)


def names(**asked: Any) -> list[str]:
    return [found.card.name.full for found in find_parties(**asked)]


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
            {"words": "de vries hil 9715ab 214"},
            {"words": "de vries 4-3-1955"},
            {"words": "0612345678"},
            {"birth_date": date(1955, 3, 4)},
            {"phone": "06-12345678"},
        ],
    )
    def test_it_works(self, asked: dict[str, Any]) -> None:
        assert names(**asked) == ["Hiltje de Vries"]

    def test_accents_need_not_be_typed(self) -> None:
        assert names(words="brule") == ["Émile Brûlé"]

    @pytest.mark.parametrize("words", ["hilte", "hiltje vires", "de fries", "van der vriess", "hiltej 9715ab"])
    def test_a_typing_mistake_still_finds(self, words: str) -> None:
        assert names(words=words) == ["Hiltje de Vries"]

    @pytest.mark.parametrize("words", ["hilte 9716", "hiltje bakker", "hiltje bos", "vries 9715xx"])
    def test_a_mistake_in_one_name_forgives_nothing_in_the_rest(self, words: str) -> None:
        assert names(words=words) == []

    def test_a_name_as_it_was_typed_comes_before_one_that_looks_like_it(self) -> None:
        register(given_names="Anna", prefix="", family_name="Fries")
        assert names(words="fries") == ["Anna Fries", "Hiltje de Vries"]
        assert [(one.by, one.looks_like) for one in find_parties(words="fries")] == [
            (FoundBy.NAME, ""),
            (FoundBy.SIMILAR, "vries"),
        ]

    @pytest.mark.parametrize(
        ("words", "by"),
        [
            ("9715ab 214", FoundBy.ADDRESS),
            ("9715", FoundBy.POSTCODE),
            ("04-03-1955", FoundBy.BIRTH_DATE),
            ("0612345678", FoundBy.PHONE),
        ],
    )
    def test_it_says_why(self, words: str, by: FoundBy) -> None:
        assert [one.by for one in find_parties(words=words)] == [by]

    def test_who_has_two_names_that_fit_stands_in_it_once(self) -> None:
        register(given_names="Jan", prefix="", family_name="Jansen")
        assert names(words="jan") == ["Jan Jansen"]

    def test_a_new_name_finds_and_the_old_one_no_longer(self) -> None:
        party = register(given_names="Sem", prefix="", family_name="Oud")
        register(id=party, given_names="Sem", prefix="", family_name="Nieuw")
        assert names(words="nieuw") == ["Sem Nieuw"]
        assert names(words="oud") == []

    def test_at_most_three_statements(self, django_assert_max_num_queries: Any) -> None:
        with django_assert_max_num_queries(3):
            find_parties(words="hilte vriess")

    def test_who_was_there_before_the_index_is_found_after_it_was_completed(self) -> None:
        NamePart.objects.all().delete()
        NameVariant.objects.all().delete()
        assert names(words="hilte") == []
        assert index_missing_names() == 2
        assert names(words="hilte") == ["Hiltje de Vries"]
        assert index_missing_names() == 0

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
