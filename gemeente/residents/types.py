"""Words about the people and businesses we serve."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _


class PartyKind(StrEnum):
    """A resident, or a business with a KVK number (V93)."""

    PERSON = "person"
    BUSINESS = "business"


class AddressKind(StrEnum):
    """Ways to reach somebody by wire."""

    EMAIL = "email"
    PHONE = "phone"


class ReachBy(StrEnum):
    """How somebody wants to hear from us. What is said stands in MijnGroningen too, whichever they choose."""

    WEB = "web"
    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"


@dataclass(frozen=True, kw_only=True)
class Name:
    """How somebody is called. `gender` is M, V or O as the BRP has it."""

    kind: PartyKind
    given: str = ""
    prefix: str = ""
    family: str = ""
    business: str = ""
    gender: str = "O"

    @property
    def full(self) -> str:
        """Return the whole name: "Hiltje de Vries", "Bakkerij Van Dam"."""
        return self.business or " ".join(part for part in (self.given, self.prefix, self.family) if part)

    @property
    def polite(self) -> str:
        """Return the name in a sentence: "mevrouw De Vries" (R24: by name, in one tone)."""
        title = {"M": _("meneer"), "V": _("mevrouw")}.get(self.gender)
        if self.kind == PartyKind.BUSINESS or title is None or not self.family:
            return self.full
        surname = f"{self.prefix} {self.family}".strip()
        return f"{title} {surname[0].upper()}{surname[1:]}"

    @property
    def short(self) -> str:
        """Return initials and surname: "H. de Vries"."""
        if self.kind == PartyKind.BUSINESS or not self.given:
            return self.full
        return " ".join(part for part in (f"{self.given[0]}.", self.prefix, self.family) if part)


@dataclass(frozen=True, kw_only=True)
class NewParty:
    """A resident or business to register, as a source gives it. Without `id` they get a new one."""

    kind: PartyKind
    id: UUID | None = None
    bsn: str | None = None
    kvk_number: str = ""
    given_names: str = ""
    prefix: str = ""
    family_name: str = ""
    business_name: str = ""
    gender: str = "O"
    birth_date: date | None = None
    street: str = ""
    house_number: str = ""
    postcode: str = ""
    place: str = ""
    household: UUID | None = None
    language: str = "nl"
    large_print: bool = False
    preferred_channel: str = "web"
    confidential: bool = False
    made_up: bool = False


@dataclass(frozen=True, kw_only=True)
class PartyCard:
    """A party as lists and headings name it; holds no BSN."""

    id: UUID
    name: Name
    birth_date: date | None
    street: str
    house_number: str
    postcode: str
    place: str
    language: str
    large_print: bool
    preferred_channel: str
    notice_channel: str
    asked_afterwards: bool
    kvk_number: str

    @property
    def street_line(self) -> str:
        """Return "Korreweg 214"."""
        return f"{self.street} {self.house_number}".strip()


class FoundBy(StrEnum):
    """Why somebody was found."""

    NAME = "name"
    SIMILAR = "similar"
    ADDRESS = "address"
    POSTCODE = "postcode"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    BSN = "bsn"


@dataclass(frozen=True, kw_only=True)
class FoundParty:
    """Somebody who was found, and why. `looks_like` is the word of a similar name, without capitals and accents."""

    card: PartyCard
    by: FoundBy
    looks_like: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnDetails:
    """What somebody sees of how we reach them. `email_until_then` is the confirmed address while a new one is not yet."""

    card: PartyCard
    email: str
    email_verified: bool
    email_until_then: str
    phone: str
    phone_verified: bool


@dataclass(frozen=True, kw_only=True)
class DigitalAddressCard:
    """An e-mail address or phone number, and whether we know that it is theirs."""

    kind: AddressKind
    value: str
    verified: bool
    evidence: str
