"""Dates and sizes in words that people use: "dinsdag 24 november", "vandaag, 9.12 uur", "84 kB"."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from gemeente.kernel import clock

_NEAR = {-1: gettext_noop("gisteren"), 0: gettext_noop("vandaag"), 1: gettext_noop("morgen")}


# A page names the same days over and over, and putting one in words takes Django 20 µs.
@lru_cache(maxsize=4_000)
def _written(day: date, pattern: str, language: str | None) -> str:
    return formats.date_format(day, pattern)


def day(moment: datetime | date) -> str:
    """Return "dinsdag 24 november"; with the year when it is another one."""
    local = _local(moment)
    pattern = "l j F" if local.year == clock.today().year else "l j F Y"
    return _written(local, pattern, translation.get_language())


def before(due: datetime) -> str:
    """Return the day before which a promise is kept: a deadline on Thursday is "vrijdag 27 november" after "vóór"."""
    return day(_local(due) + timedelta(days=1))


def when(moment: datetime) -> str:
    """Return "vandaag, 9.12 uur", "gisteren, 14.00 uur" or "12 november, 10.40 uur"."""
    local = moment.astimezone(clock.AMSTERDAM)
    clock_time = f"{local:%H:%M}" if _english() else _("%(time)s uur") % {"time": f"{local.hour}.{local:%M}"}
    return f"{short_day(moment)}, {clock_time}"


def short_day(moment: datetime | date) -> str:
    """Return "vandaag", "gisteren", "morgen" or "18 november"."""
    local = _local(moment)
    away = (local - clock.today()).days
    if away in _NEAR:
        return _(_NEAR[away])
    pattern = "j F" if local.year == clock.today().year else "j F Y"
    return _written(local, pattern, translation.get_language())


def days_late(due: datetime) -> str:
    """Return how long a promise has been broken: "2 dagen te laat", or "vandaag te laat" on the day itself."""
    days = (clock.today() - _local(due)).days
    if days < 1:
        return _("vandaag te laat")
    return ngettext("%(days)d dag te laat", "%(days)d dagen te laat", days) % {"days": days}


def file_size(size: int) -> str:
    """Return "84 kB" or "2,1 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{formats.number_format(size / 1_000_000, 1)} MB"


def initials(name: str) -> str:
    """Return at most two letters for the round picture beside a name: "HV" for "Hiltje de Vries"."""
    capitals = [part[0] for part in name.split() if part[0].isupper()] or [name[:1] or "?"]
    return (capitals[0] + (capitals[-1] if len(capitals) > 1 else "")).upper()


def _local(moment: datetime | date) -> date:
    return moment.astimezone(clock.AMSTERDAM).date() if isinstance(moment, datetime) else moment


def _english() -> bool:
    return (translation.get_language() or "nl").startswith("en")
