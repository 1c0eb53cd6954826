"""A request as a browser sends it, and how one knows a good answer."""

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode
from uuid import UUID

# Stands in a form where each request has a number of its own; as long as any UUID, so the length of the form is known.
FRESH = str(UUID(int=7 << 76))


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request. A good answer has `status`, and holds `marker` in its head or body: data that belongs to this request."""

    path: str
    cookie: str
    marker: str
    form: dict[str, str] | None = None
    status: int = 200

    @property
    def method(self) -> str:
        """Return POST when there is a form to send."""
        return "GET" if self.form is None else "POST"

    @property
    def body(self) -> bytes:
        """Return the form as it goes over the wire; FRESH stands where each request differs."""
        return urlencode(self.form).encode() if self.form is not None else b""

    def wire(self, port: int, path: str = "") -> bytes:
        """Return the bytes to send to a server on this port of this machine, to this path or the request's own."""
        lines = [
            f"{self.method} {path or self.path} HTTP/1.1",
            f"Host: 127.0.0.1:{port}",
            "Accept: text/html,application/json",
            "Accept-Language: nl",
            f"Cookie: {self.cookie}",
        ]
        if self.form is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True, kw_only=True)
class Targets:
    """What a measurement has to reach; None asks nothing. `at_once` says with how many requests at the same time."""

    ratio_to_raw: float | None = None
    sql_statements: int | None = None
    p50_of_picture: float | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    at_once: int = 16


class Measurement(Protocol):
    """One thing to measure: a name, what it has to reach, and the requests to send, each as often as the next."""

    @property
    def name(self) -> str: ...
    @property
    def targets(self) -> Targets: ...
    def requests(self, site: str, count: int) -> list[Request]:
        """Return at most so many requests for the product at this address (host:port).

        Chooses people from the database, logs them in, and fetches what a browser would have fetched before.
        """
