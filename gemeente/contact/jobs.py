"""What this room does by the clock."""

from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from gemeente.access.types import system
from gemeente.contact.commands.company import forget_presence
from gemeente.contact.commands.follow_up import ask_how_questions_went
from gemeente.contact.commands.hand_over import escalate_hand_overs
from gemeente.contact.commands.index import index_missing_texts
from gemeente.contact.commands.promise import note_broken_promises, remind_of_promises
from gemeente.contact.commands.task import note_late_tasks
from gemeente.contact.commands.watch import note_late_questions


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="note_late", pass_context=False)
def note_late(timestamp: int) -> None:
    """Every five minutes: note the answer dates that passed."""
    note_late_questions(actor=system(gettext_noop("Bewaakt de antwoorddatum")))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="note_late_tasks", pass_context=False)
def show_tasks_that_are_late(timestamp: int) -> None:
    """Every five minutes: show what other teams and partners did not do in time."""
    note_late_tasks(actor=system(gettext_noop("Bewaakt de taken")))


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="escalate_hand_overs", pass_context=False)
def show_hand_overs_that_wait(timestamp: int) -> None:
    """Every five minutes: show both team leads what nobody accepted in time."""
    escalate_hand_overs(actor=system(gettext_noop("Bewaakt wat is doorgegeven")))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="watch_promises", pass_context=False)
def watch_promises(timestamp: int) -> None:
    """Every minute: remind of what is promised soon, and tell the resident of what was not kept."""
    remind_of_promises(actor=system(gettext_noop("Bewaakt de beloften")))
    note_broken_promises(actor=system(gettext_noop("Bewaakt de beloften")))


@app.periodic(cron="*/20 * * * *")
@app.task(queueing_lock="ask_how_questions_went", pass_context=False)
def ask_how_it_went(timestamp: int) -> None:
    """Every twenty minutes: ask how the questions went that closed three working days ago."""
    ask_how_questions_went(actor=system(gettext_noop("Vraagt hoe het ging")))


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="forget_company", pass_context=False)
def forget_company(timestamp: int) -> None:
    """Every hour: forget who had which question open."""
    forget_presence()


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="index_missing_texts", pass_context=False)
def complete_texts(timestamp: int) -> None:
    """Every hour: let search find each question that is in no index yet, as after an upgrade."""
    index_missing_texts()
