"""Ports: what a capability needs from the outside world, in its own words; settings name the adapter.

A port is a Protocol in a capability's `ports.py`. The setting PORTS maps its dotted name to an adapter and its options,
as Django does with storages:

    PORTS = {"gemeente.channels.ports.MailTransport": {"ADAPTER": "gemeente.adapters.smtp.SmtpTransport", "OPTIONS": {…}}}
"""

from typing import Any, TypeVar, cast

from django.conf import settings
from django.utils.module_loading import import_string

from gemeente.kernel.errors import PortNotConfigured

P = TypeVar("P")


def port(protocol: type[P]) -> P:
    """Return a new adapter for this port. The caller keeps it as long as it needs it.

    Raises PortNotConfigured when the settings name none.
    """
    name = f"{protocol.__module__}.{protocol.__qualname__}"
    try:
        chosen = cast(dict[str, Any], settings.PORTS[name])
    except KeyError as unknown:
        raise PortNotConfigured(name) from unknown
    adapter = import_string(chosen["ADAPTER"])
    return cast(P, adapter(**chosen.get("OPTIONS", {})))
