"""The words of `contact.words` as template filters: `own` for what is shown, `said` for titles and attributes.

`language_of` tells the language of a whole text, for the element around it; `language_of_pieces` of one that a search found.
"""

from django import template

from gemeente.contact import words
from gemeente.language.detect import detect_language

register = template.Library()
register.filter("own", words.own)
register.filter("said", words.said)
register.filter("language_of", detect_language)


@register.filter
def language_of_pieces(pieces: tuple[tuple[str, bool], ...]) -> str:
    """Return the language of a text that a search shows in pieces."""
    return detect_language("".join(piece for piece, _hit in pieces))
