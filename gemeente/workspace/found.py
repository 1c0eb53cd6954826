"""Promises in what an employee writes: found before it leaves, and offered to be recorded with it (V30)."""

import hashlib
from dataclasses import dataclass
from datetime import time

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gemeente.contact.promises import Promise, find_promises
from gemeente.contact.types import NewPromise, PromiseCard
from gemeente.kernel import clock
from gemeente.kernel.clock import AMSTERDAM
from gemeente.workspace.forms import PromiseForm

OFFERED_AT_MOST = 8
_DAY_ENDS = time(23, 59, 59)


class FoundPromiseForm(PromiseForm):
    """A promise that was found, to be recorded as it is, changed, or left. One without a date is not ticked beforehand."""

    use_required_attribute = False  # what is left need not be filled in, and a browser cannot know
    record = forms.BooleanField(label=_("Leg deze belofte vast"), required=False)

    @property
    def shown(self) -> tuple[forms.BoundField, ...]:
        """Return the fields of one line, beside the tick."""
        return self["words"], self["kind"], self["day"], self["at"]

    @property
    def wanted(self) -> bool:
        """Tell whether the employee ticked it; one that is left need not be right."""
        return self.add_prefix("record") in self.data


@dataclass(frozen=True)
class Offer:
    """What was found in a text, as forms; `mark` tells for which finds the employee chose."""

    mark: str
    chosen_before: bool
    forms: tuple[FoundPromiseForm, ...]

    @property
    def must_show(self) -> bool:
        """Tell whether the employee has not seen these finds yet, or filled one in wrongly."""
        return bool(self.forms) and not (
            self.chosen_before and all(form.is_valid() for form in self.forms if form.wanted)
        )

    def promises(self) -> tuple[NewPromise, ...]:
        """Return those to record."""
        return tuple(form.promise() for form in self.forms if form.wanted)


def offer(text: str, *, recorded: list[PromiseCard], sent: QueryDict) -> Offer:
    """Return the promises of a text that are not recorded yet, with what the employee chose for each, if they saw them."""
    now = clock.now().astimezone(AMSTERDAM)
    known = {one.words for one in recorded}
    found = [one for one in find_promises(text, written=now) if one.quote[:500] not in known][:OFFERED_AT_MOST]
    mark = hashlib.sha256("\n".join(f"{one.quote}|{one.due}" for one in found).encode()).hexdigest()[:16]
    chosen = sent.get("offered") == mark
    return Offer(mark, chosen, tuple(_form(number, one, sent if chosen else None) for number, one in enumerate(found)))


def _form(number: int, found: Promise, sent: QueryDict | None) -> FoundPromiseForm:
    due = found.due.astimezone(AMSTERDAM) if found.due else None
    initial = {
        "record": due is not None,
        "words": found.quote[:500],
        "kind": found.action,
        "day": due.date() if due else None,
        "at": due.time() if due and due.time() != _DAY_ENDS else None,
    }
    return FoundPromiseForm(sent, prefix=f"belofte-{number}", initial=initial)
