"""Where this page hears what changes."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag(takes_context=True)
def live_url(context: dict[str, Any]) -> str:
    """Return the address of the live updates; on the host that the page came from, for there its cookie counts. "" for none."""
    if settings.LIVE_URL or not settings.LIVE_PORT:
        return str(settings.LIVE_URL)
    host = context["request"].get_host().rpartition(":")[0] or context["request"].get_host()
    return f"http://{host}:{settings.LIVE_PORT}/live/"
