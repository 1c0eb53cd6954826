"""Watch the promises: an answer date that passes is noted, shown and counted."""

from gemeente.access.types import Actor, Purpose, Right
from gemeente.contact.commands.records import write_history
from gemeente.contact.events import AnswerDatePassed
from gemeente.contact.models import Question
from gemeente.contact.types import QuestionState
from gemeente.kernel import clock
from gemeente.kernel.commands import command
from gemeente.kernel.events import publish

AT_MOST = 500


@command(right=Right.DELIVER, purpose=Purpose.CHECK_QUALITY)
def note_late_questions(*, actor: Actor) -> int:
    """Note each unanswered question of which the answer date passed, once; return how many. At most 500 a run (V8)."""
    waiting = Question.objects.select_for_update(skip_locked=True).exclude(state=QuestionState.WAITING)
    late = waiting.filter(closed_at=None, first_answered_at=None, late_at=None, answer_due__lt=clock.now())[:AT_MOST]
    for held in late:
        Question.objects.filter(id=held.id).update(late_at=clock.now())
        write_history(held.id, "late", actor, due=held.answer_due.isoformat())
        publish(AnswerDatePassed(question=held.id, team=held.team, answer_due=held.answer_due))
    return len(late)
