"""A channel as people name it, and its picture: the same on every screen."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gemeente.channels.types import Channel

_ICONS: dict[str, str] = {Channel.PHONE: "phone", Channel.DESK: "desk", Channel.LETTER: "letter", Channel.EMAIL: "mail"}
_WORDS: dict[str, str] = {
    Channel.WEB: gettext_noop("in MijnGroningen"),
    Channel.EMAIL: gettext_noop("per e-mail"),
    Channel.PHONE: gettext_noop("aan de telefoon"),
    Channel.DESK: gettext_noop("aan de balie"),
    Channel.LETTER: gettext_noop("per brief"),
}


def channel_icon(channel: str) -> str:
    """Return the name of a channel's icon."""
    return _ICONS.get(channel, "chat")


def channel_words(channel: str) -> str:
    """Return "per e-mail" or "aan de telefoon"; nothing for what is no channel."""
    return _(_WORDS[channel]) if channel in _WORDS else ""
