"""What each long-running part says of itself; `/readyz` reads it."""

from gemeente.kernel import clock
from gemeente.kernel.models import Heartbeat


def beat(part: str) -> None:
    """Say that this part lives."""
    Heartbeat.objects.update_or_create(part=part, defaults={"beaten_at": clock.now()})
