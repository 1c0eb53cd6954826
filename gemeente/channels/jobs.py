"""What this room does by the clock."""

from procrastinate.contrib.django import app

from gemeente.channels.files import forget_held


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_held", pass_context=False)
def forget_unsent_files(timestamp: int) -> None:
    """Every night: forget the files of forms that were never sent."""
    forget_held()
