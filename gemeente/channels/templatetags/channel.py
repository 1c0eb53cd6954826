"""The words and the picture of a channel as template filters."""

from django import template

from gemeente.channels import words

register = template.Library()
register.filter("channel_icon", words.channel_icon)
register.filter("channel_words", words.channel_words)
