"""Errors that say what happened in words for the person, and by a code for the machine."""

from django.utils.translation import gettext


class DomainError(Exception):
    """Something that a person asked for cannot be done; the message says why and what to do, in plain words.

    The message is written in Dutch, goes through the catalogue of translations, and then takes the values by name.

    The edges turn it into a page or into `application/problem+json` (RFC 9457). `code` is stable; `status` is HTTP's.
    Never put personal data in the message: it may reach a log.
    """

    code = "kan-niet"
    status = 422

    def __init__(self, message: str, **values: object) -> None:
        said = gettext(message) % values if values else gettext(message)
        super().__init__(said)
        self.message = said


class NotAllowed(DomainError):
    """The actor lacks the right or the purpose for this."""

    code = "mag-niet"
    status = 403


class NotFound(DomainError):
    """It is not there, or not for this actor: both look the same from outside."""

    code = "niet-gevonden"
    status = 404


class Conflict(DomainError):
    """Somebody else changed it in the meantime."""

    code = "intussen-veranderd"
    status = 409


class TooMuch(DomainError):
    """More came than the limit allows; the message says when to try again."""

    code = "te-veel"
    status = 429


class TooLarge(DomainError):
    """What was sent is larger than we take."""

    code = "te-groot"
    status = 413


class PublishOutsideTransaction(RuntimeError):
    """An event must be published inside the transaction that makes it true. Wrap the caller in a command."""


class PortNotConfigured(RuntimeError):
    """No adapter is set for this port. Name one in the setting PORTS."""
