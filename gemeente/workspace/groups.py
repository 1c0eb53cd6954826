"""The queue by date, as somebody plans a day: danger, late, today, later; each question in the words that stand there.

A page holds fifty, so a line is written here and not in the template: there it takes eight times as long.
"""

from collections.abc import Iterable
from html import escape
from typing import TypedDict

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gemeente.channels.words import channel_icon, channel_words
from gemeente.contact.types import QueueItem, Urgency
from gemeente.contact.words import own
from gemeente.kernel import clock
from gemeente.kernel.templatetags.words import icon
from gemeente.kernel.words import days_late, short_day

_NOW, _LATE, _TODAY, _LATER = range(4)
_ITEM = (
    '<li><a class="wp-item" href="/werk/vraag/{number}/"{here}>{icon}<b>{title}</b><small><span>{who}'
    '<span class="mg-sr">, {channel}</span></span><span class="wp-due{tone}">{due}</span></small></a></li>'
)
_TONES = (" wp-due--bad", " wp-due--bad", " wp-due--warn", "")


class Line(TypedDict):
    """One question in the queue; `tone` is what colours its date."""

    number: str
    title: str
    who: str
    icon: SafeString
    channel: str
    due: str
    tone: str


def _group(item: QueueItem) -> int:
    if item.urgency == Urgency.NOW:
        return _NOW
    if item.answered or not item.waits_on_us:
        return _LATER
    if item.due < clock.now():
        return _LATE
    return _TODAY if item.due.astimezone(clock.AMSTERDAM).date() <= clock.today() else _LATER


def _due(item: QueueItem, group: int) -> str:
    if not item.waits_on_us:
        return _("wacht op inwoner")
    if item.answered:
        return _("beantwoord")
    return days_late(item.due) if group == _LATE else short_day(item.due)


def _haste(urgency: Urgency) -> str:
    if urgency == Urgency.NORMAL:
        return ""
    return f"{_('Nu') if urgency == Urgency.NOW else _('Haast')}, "


def _line(item: QueueItem, group: int) -> Line:
    return Line(
        number=item.number,
        title=item.title,
        who=item.who or _("Zonder naam"),
        icon=icon(channel_icon(item.channel)),
        channel=channel_words(item.channel),
        due=_haste(item.urgency) + _due(item, group),
        tone=_TONES[group],
    )


def grouped(items: Iterable[QueueItem]) -> list[tuple[str, list[Line]]]:
    """Return (heading, lines) for each group that has any; within a group the order stays."""
    headings = (_("Nu"), _("Te laat"), _("Vandaag beloofd"), _("Later"))
    filled: list[list[Line]] = [[], [], [], []]
    for item in items:
        group = _group(item)
        filled[group].append(_line(item, group))
    return [(heading, lines) for heading, lines in zip(headings, filled, strict=True) if lines]


def _item(line: Line, here: str) -> str:
    return _ITEM.format(
        number=escape(line["number"]),
        here=' aria-current="true"' if line["number"] == here else "",
        icon=line["icon"],
        title=own(line["title"]),
        who=escape(line["who"]),
        channel=escape(line["channel"]),
        tone=line["tone"],
        due=escape(line["due"]),
    )


def queue_lists(items: Iterable[QueueItem], here: str = "") -> list[tuple[str, SafeString]]:
    """Return (heading, list items as HTML) for each group that has any; the question with number `here` is the open one."""
    return [(heading, SafeString("".join(_item(line, here) for line in lines))) for heading, lines in grouped(items)]
