"""The words of `contact.words` as template filters: `own` for what is shown, `said` for titles and attributes."""

from django import template

from gemeente.contact import words

register = template.Library()
register.filter("own", words.own)
register.filter("said", words.said)
