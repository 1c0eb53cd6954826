"""What stands in our data, in the language of whoever reads it: our own fixed words, and the names of products."""

import re

from django.utils import translation
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from gemeente.contact import history_words
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
    # Who did it, where no person did.
    gettext_noop("Postbus"),
    gettext_noop("Invoer met de hand"),
    # What the partners of the shipped register are for.
    gettext_noop("Huurwoningen: onderhoud, huurachterstand en overlast"),
    gettext_noop("Hulp in de wijk: opgroeien, zorg, geld en eenzaamheid"),
    gettext_noop("Schulden regelen, budgetbeheer en sociale leningen"),
    gettext_noop("Vrijwilligers die helpen met post, geld en gezelschap"),
    gettext_noop("Eten voor wie te weinig geld overhoudt"),
    gettext_noop("Gezondheid, jeugdartsen en zorgen om iemand"),
    gettext_noop("Uitkeringen bij ziekte en werkloosheid, en hulp naar werk"),
    gettext_noop("De wijkagent: overlast, ruzie en veiligheid"),
    gettext_noop("Onderdak en begeleiding voor wie geen huis heeft"),
)
# As `re.escape` leaves the place of a value: numbers are numbers, so that few other texts look like ours.
_VALUE = re.compile(r"%\\\((\w+)\\\)s")


def _pattern(written: str) -> re.Pattern[str]:
    of = {"number": r"[\d-]{6,12}", "count": r"\d{1,6}", "grade": r"\d{1,2}"}
    return re.compile(_VALUE.sub(lambda value: f"(?P<{value[1]}>{of.get(value[1], '.{1,300}')})", re.escape(written)))


_HISTORY = [(written, _pattern(written)) for written in history_words.ALL]


def said(text: str) -> str:
    """Return a fixed word of ours or the name of a product in the language of the page; any other text as it is."""
    if not text or translation.get_language() == DUTCH:
        return text
    words = gettext(text)
    if words != text:
        return words
    return english_names().get(text) or _history(text) or text


def _history(text: str) -> str:
    """Return what our history says with values in it, with its values; "" for any other text."""
    found = ((written, pattern.fullmatch(text)) for written, pattern in _HISTORY)
    return next((gettext(written) % read.groupdict() for written, read in found if read), "")


def _marked_history(text: str) -> SafeString:
    """Return the same for a page, with the title in it, which stays in its own language, marked."""
    for written, pattern in _HISTORY:
        if read := pattern.fullmatch(text):
            values = {
                name: own(value) if name == "title" else escape(value) for name, value in read.groupdict().items()
            }
            return SafeString(escape(gettext(written)) % values)
    return SafeString("")


def own(text: str) -> SafeString:
    """Return the same for a page: what stays in its own language is marked with it, for who listens (WCAG 3.1.2)."""
    reader = translation.get_language()
    if reader != DUTCH and (told := _marked_history(text)):
        return told
    words = said(text)
    if words != text or reader == DUTCH or not text:
        return conditional_escape(words)
    spoken = detect_language(text)
    return conditional_escape(text) if spoken == reader else format_html('<span lang="{}">{}</span>', spoken, text)
