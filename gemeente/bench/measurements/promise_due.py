"""All promises that fell due and that nobody noted, found among 2.5 million: what the watch does every minute."""

from django.db import transaction

from gemeente.bench.deeds import Call
from gemeente.bench.request import Targets
from gemeente.contact.commands.promise import hold_due_promises


class PromiseDue:
    """The watch, without what it does with what it finds."""

    name = "promise_due"
    targets = Targets()

    def calls(self, count: int) -> list[Call]:
        """Find them, hold them, and let go."""
        return [_find]


@transaction.atomic
def _find() -> int:
    return len(hold_due_promises())
