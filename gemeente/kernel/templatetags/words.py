"""The words of `kernel.words` as template filters, and `{% icon "name" %}`."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gemeente.kernel import words

register = template.Library()
for _filter in (words.day, words.before, words.when, words.short_day, words.days_late, words.file_size, words.initials):
    register.filter(_filter.__name__, _filter)


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Return a decorative icon from the sprite that the layout carries."""
    return format_html('<svg class="mg-i" aria-hidden="true" focusable="false"><use href="#i-{}"/></svg>', name)
