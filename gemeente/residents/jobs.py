"""What this room does by the clock."""

from procrastinate.contrib.django import app

from gemeente.residents.names import index_missing_names


@app.periodic(cron="11 * * * *")
@app.task(queueing_lock="index_missing_names", pass_context=False)
def complete_names(timestamp: int) -> None:
    """Every hour: let everybody be found who is in no index yet, as after an upgrade."""
    index_missing_names()
