"""Decisions about names, numbers and addresses, without a database."""

import re
import unicodedata
from dataclasses import dataclass

from gemeente.residents.types import ReachBy

_NOT_WORD = re.compile(r"[^a-z0-9]+")
_POSTCODE = re.compile(r"\b([1-9][0-9]{3})\s?([A-Za-z]{2})?\b")


def passes_eleven_test(number: str) -> bool:
    """Tell whether nine digits form a BSN: 9a+8b+7c+6d+5e+4f+3g+2h−i divides by 11 (Besluit BSN)."""
    if not (len(number) == 9 and number.isascii() and number.isdigit()) or number == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11 == 0


def search_key(text: str) -> str:
    """Return text without accents, capitals and punctuation: what two spellings of one name share."""
    flat = unicodedata.normalize("NFD", text.casefold())
    kept = "".join(char for char in flat if not unicodedata.combining(char))
    return _NOT_WORD.sub(" ", kept).strip()


def email_key(address: str) -> str:
    """Return an e-mail address as one compares it: trimmed, without capitals."""
    return address.strip().casefold()


def phone_key(number: str) -> str:
    """Return the digits of a phone number in the Dutch national form: "0612345678" for "+31 6 1234 5678"."""
    digits = re.sub(r"\D", "", number)
    for prefix in ("0031", "31"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 9:
            return "0" + digits[len(prefix) :]
    return digits


def can_reach(way: str, *, email: str, phone: str, street: str) -> bool:
    """Tell whether somebody with these can be reached this way; what is said in MijnGroningen reaches everybody."""
    needed = {ReachBy.EMAIL.value: email, ReachBy.PHONE.value: phone, ReachBy.LETTER.value: street}
    return bool(needed.get(way, way))


@dataclass(frozen=True)
class SearchWords:
    """What stands in one search box: parts of names, a postcode (whole or its four digits), a house number."""

    names: tuple[str, ...]
    postcode: str
    house_number: str


def read_search(text: str) -> SearchWords:
    """Take search words apart: "hoekstra 9715" or "9715 ab 214". A number counts only as the house beside a postcode."""
    found = _POSTCODE.search(text)
    postcode = f"{found[1]}{(found[2] or '').upper()}" if found else ""
    rest = search_key(_POSTCODE.sub(" ", text, count=1)).split()
    numbers = [word for word in rest if word[0].isdigit()]
    names = tuple(word for word in rest if not word[0].isdigit())
    return SearchWords(names, postcode, numbers[0] if numbers and postcode else "")
