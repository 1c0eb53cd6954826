"""What stands in our data, in the language of whoever reads it: our own fixed words, and the names of products."""

from django.utils import translation
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from gemeente.language.detect import detect_language
from gemeente.products.queries import english_names

DUTCH = "nl"
# What is kept as data, or said by rules that know no translations, and yet is always the same.
FIXED = (
    gettext_noop("nu"),
    gettext_noop("normaal"),
    gettext_noop("Een vraag zonder woorden"),
    gettext_noop("Geen regel voor haast past bij deze woorden."),
    gettext_noop("Maandag tot en met vrijdag"),
)


def said(text: str) -> str:
    """Return a fixed word of ours or the name of a product in the language of the page; any other text as it is."""
    if not text or translation.get_language() == DUTCH:
        return text
    words = gettext(text)
    return words if words != text else english_names().get(text, text)


def own(text: str) -> SafeString:
    """Return the same for a page: what stays in its own language is marked with it, for who listens (WCAG 3.1.2)."""
    words, reader = said(text), translation.get_language()
    if words != text or reader == DUTCH or not text:
        return conditional_escape(words)
    spoken = detect_language(text)
    return conditional_escape(text) if spoken == reader else format_html('<span lang="{}">{}</span>', spoken, text)
