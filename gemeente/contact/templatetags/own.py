"""The words of `contact.words` as template filters: `own` for what is shown, `said` for titles and attributes.

`language_of` tells the language of a whole text, for the element around it.
"""

from django import template

from gemeente.contact import words
from gemeente.language.detect import detect_language

register = template.Library()
register.filter("own", words.own)
register.filter("said", words.said)
register.filter("language_of", detect_language)
