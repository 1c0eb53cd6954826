"""What this room does by the clock."""

from procrastinate.contrib.django import app

from gemeente.access.types import system
from gemeente.contact.commands.watch import note_late_questions


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="note_late", pass_context=False)
def note_late(timestamp: int) -> None:
    """Every five minutes: note the answer dates that passed."""
    note_late_questions(actor=system("Bewaakt de antwoorddatum"))
