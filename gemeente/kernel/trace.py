"""One trace id from the first byte to the last letter (W3C Trace Context), to follow a request through logs and audit."""

import re
import secrets
from contextvars import ContextVar

_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")
_trace: ContextVar[str] = ContextVar("trace_id", default="")


def start(traceparent: str = "") -> str:
    """Begin a trace, or go on with the caller's `traceparent` header; return the trace id (32 hexadecimals)."""
    given = _TRACEPARENT.match(traceparent)
    trace_id = given[1] if given else secrets.token_hex(16)
    _trace.set(trace_id)
    return trace_id


def current() -> str:
    """Return the trace id of what runs now, or start one."""
    return _trace.get() or start()
