"""What every page shows: how to reach a person, and that a demonstration is one."""

from django.conf import settings
from django.http import HttpRequest


def municipality(request: HttpRequest) -> dict[str, object]:
    """Return the municipality's own details for the layout."""
    return {
        "municipality": settings.MUNICIPALITY,
        "phone": settings.PHONE,
        "phone_digits": settings.PHONE.replace(" ", ""),
        "lines": settings.LINES,
        "desk": settings.DESK,
        "post_address": settings.POST_ADDRESS,
        "demonstration": settings.DEMONSTRATION,
        "theme_css": settings.THEME_CSS,
    }
