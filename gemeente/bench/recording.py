"""What the product asked of the database for one request, so that the raw application can ask precisely the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

Params = Mapping[str, Any] | Sequence[Any] | None


@dataclass(frozen=True)
class Statement:
    """One statement with its parameters, as psycopg takes them."""

    sql: bytes
    params: Params


@dataclass(frozen=True)
class Transaction:
    """Statements that commit together; `explicit` when they need a BEGIN and a COMMIT around them."""

    explicit: bool
    statements: list[Statement]


@dataclass(frozen=True, kw_only=True)
class Recording:
    """One request of the product: its statements, the answer's outside, and the ids that it made.

    `made` are ids that must differ in each replay; `wire_statements` counts everything that went to the database,
    BEGIN and COMMIT included.
    """

    transactions: list[Transaction]
    made: list[UUID]
    wire_statements: int
    status: int
    location: str
    size: int

    def replayed(self) -> list[Transaction]:
        """Return the same work with new ids in place of those that the request made."""
        if not self.made:
            return self.transactions
        renewed = _Renewed(self.made)
        return [
            Transaction(one.explicit, [Statement(each.sql, renewed.params(each.params)) for each in one.statements])
            for one in self.transactions
        ]


class _Renewed:
    """New ids for old ones, the same one for the same one, also where they stand inside a text."""

    def __init__(self, made: list[UUID]) -> None:
        self._ids = {old: UUID(int=uuid7().int) for old in made}
        self._texts = {str(old): str(new) for old, new in self._ids.items()}

    def params(self, params: Params) -> Params:
        """Return parameters with the new ids."""
        if isinstance(params, Mapping):
            return {name: self._value(value) for name, value in params.items()}
        return [self._value(value) for value in params] if params is not None else None

    def _value(self, value: Any) -> Any:
        if isinstance(value, UUID):
            return self._ids.get(value, value)
        if isinstance(value, str) and len(value) >= 36:
            for old, new in self._texts.items():
                value = value.replace(old, new)
        return value
