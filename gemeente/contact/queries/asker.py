"""Who asked, as a list of questions reads it along."""

import msgspec

from gemeente.residents.types import Name, PartyKind


class AskerRow(msgspec.Struct):
    """What a list reads of the asker: how they gave themselves, and the name of the party when we know it."""

    asker: str
    kind: PartyKind | None
    given: str | None
    prefix: str | None
    family: str | None
    business: str | None

    @property
    def who(self) -> str:
        """Return initials and surname of a known party, else what the asker gave."""
        if self.kind is None:
            return self.asker
        name = Name(
            kind=self.kind,
            given=self.given or "",
            prefix=self.prefix or "",
            family=self.family or "",
            business=self.business or "",
        )
        return name.short
