"""Who answers our mail lands in the right thread, and nobody can make up such an address."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeente.channels.mail.reply_address import make_reply_address, read_reply_address

MAILBOX = "gemeente@voorbeeld.nl"
QUESTION = UUID("0193f0c2-6a00-7000-8000-000000000001")
KEY = b"sleutel"
ADDRESS = make_reply_address(MAILBOX, QUESTION, KEY)


def read(address: str, mailbox: str = MAILBOX, key: bytes = KEY) -> UUID | None:
    return read_reply_address(address, mailbox, key)


@given(st.uuids())
def test_every_question_has_an_address_that_reads_back(question: UUID) -> None:
    assert read(make_reply_address(MAILBOX, question, KEY)) == question


def test_it_is_a_plain_address_of_at_most_64_characters_before_the_at() -> None:
    local, _, domain = ADDRESS.partition("@")
    assert (len(local) <= 64, domain) == (True, "voorbeeld.nl")
    assert local.replace("+", "").isalnum()


@pytest.mark.parametrize("change", [str.upper, str.title, str.swapcase, lambda address: f" {address} "])
def test_a_server_that_changes_the_case_does_no_harm(change: Callable[[str], str]) -> None:
    assert read(change(ADDRESS)) == QUESTION


def test_a_changed_character_anywhere_in_the_token_is_refused() -> None:
    begin, end = ADDRESS.index("+") + 1, ADDRESS.index("@")
    for at in range(begin, end):
        for other in "a2":
            forged = ADDRESS[:at] + other + ADDRESS[at + 1 :]
            assert forged == ADDRESS or read(forged) is None


@pytest.mark.parametrize(
    "address",
    [
        "",
        "@",
        "gemeente@voorbeeld.nl",
        "gemeente+@voorbeeld.nl",
        f"gemeente+{QUESTION}@voorbeeld.nl",
        ADDRESS[:-1],
        ADDRESS + "x",
        ADDRESS.replace("gemeente+", "gemeente"),
        ADDRESS.replace("gemeente+", "ander+"),
        ADDRESS.replace("voorbeeld.nl", "x.example"),
        ADDRESS.replace("gemeente+", "gemeente+x+"),
        ADDRESS.replace("@", "@@"),
        "gemeente+" + "é" * 42 + "@voorbeeld.nl",
        "gemeente+" + "1" * 42 + "@voorbeeld.nl",
        "gemeente+" + "ß" * 42 + "@voorbeeld.nl",
        "gemeente+" + "\x00" * 42 + "@voorbeeld.nl",
        "gemeente+" + "=" * 42 + "@voorbeeld.nl",
        "gemeente+" + "a" * 100_000 + "@voorbeeld.nl",
    ],
)
def test_any_other_address_is_none_of_ours(address: str) -> None:
    assert read(address) is None


def test_another_key_or_another_mailbox_signs_otherwise() -> None:
    assert read(ADDRESS, key=b"ander") is None
    assert read(make_reply_address("ander@voorbeeld.nl", QUESTION, KEY).replace("ander+", "gemeente+")) is None


def test_the_signature_of_one_question_is_not_that_of_another() -> None:
    other = make_reply_address(MAILBOX, uuid4(), KEY)
    begin = ADDRESS.index("+") + 1
    assert read(other[: begin + 26] + ADDRESS[begin + 26 :]) is None


@given(st.text(max_size=100) | st.from_regex(r"gemeente\+[a-z2-7]{42}@voorbeeld\.nl", fullmatch=True))
@settings(max_examples=300)
def test_nothing_that_is_made_up_is_believed(address: str) -> None:
    assert address == ADDRESS or read(address) is None


@pytest.mark.parametrize("mailbox", ["", "gemeente", "@voorbeeld.nl", "gemeente@", "x" * 22 + "@voorbeeld.nl"])
def test_a_mailbox_that_cannot_have_such_addresses_is_refused(mailbox: str) -> None:
    with pytest.raises(ValueError, match="mailbox"):
        make_reply_address(mailbox, QUESTION, KEY)
