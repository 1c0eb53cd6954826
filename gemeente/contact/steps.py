"""The steps of a question, in words that residents understood in research (R8-R10): who is to move, and by when."""

from datetime import datetime

from django.utils.translation import gettext as _

from gemeente.contact.types import QuestionState, Step
from gemeente.kernel import clock
from gemeente.kernel.words import before, day


def steps_of(
    *,
    state: QuestionState,
    asked_at: datetime,
    answer_due: datetime,
    answered_at: datetime | None,
    closed_at: datetime | None,
    needs: str,
) -> tuple[Step, ...]:
    """Return the three steps: asked, being looked into, answered. Exactly one is "now", unless the question is closed."""
    asked = Step(label=_("U stelde uw vraag"), when=day(asked_at), state="done")
    if state == QuestionState.CLOSED and closed_at:
        looked = Step(label=_("Wij zochten het uit"), when="", state="done")
        return asked, looked, Step(label=_("U kreeg antwoord"), when=day(closed_at), state="done")
    due = _("Vóór %(date)s") % {"date": before(answer_due)}
    if state == QuestionState.WAITING and needs:
        looking = Step(label=_("Wij wachten op u"), when=_("Hier zijn we nu"), state="now")
        after = due if answer_due > clock.now() else _("Nadat u reageert")
        return asked, looking, Step(label=_("U krijgt antwoord"), when=after, state="later")
    if answered_at:
        looked = Step(label=_("Wij zochten het uit"), when="", state="done")
        return asked, looked, Step(label=_("U kreeg antwoord"), when=day(answered_at), state="now")
    looking = Step(label=_("Wij zoeken het uit"), when=_("Hier zijn we nu"), state="now")
    return asked, looking, Step(label=_("U krijgt antwoord"), when=due, state="later")
