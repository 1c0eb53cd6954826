"""A real SMTP server in a thread, of which the recipient's name says how it behaves."""

import asyncio
import ssl
import threading
from dataclasses import dataclass, field
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


@dataclass
class Postman:
    """Takes mail. The recipient `refused@…` gets 550, `later@…` 450; at the end of the mail `virus@…` gets 554, `full@…` 452,
    `dropped@…` a broken line and `silent@…` no answer at all.
    """

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    sessions: set[Any] = field(default_factory=set)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.sessions.add(session.peer)
        answer = {"refused": "550 5.1.1 Unknown", "later": "450 4.2.0 Later", "account": "530 5.7.0 Log in first"}
        if refusal := answer.get(address.partition("@")[0]):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        behaviour = envelope.rcpt_tos[0].partition("@")[0]
        if behaviour == "silent":
            await asyncio.Event().wait()
        if behaviour == "dropped":
            assert server.transport
            server.transport.close()
            return "421 4.3.2 Gone"
        answer = {"virus": "554 5.7.1 Not wanted", "full": "452 4.3.1 Full"}
        if refusal := answer.get(behaviour):
            return refusal
        assert isinstance(envelope.content, bytes)
        self.senders.append(envelope.mail_from or "")
        self.taken += [(recipient, envelope.content) for recipient in envelope.rcpt_tos]
        return "250 OK"


class SmtpServer:
    """Serves on 127.0.0.1 from `with` to its end; `stop` and `start` keep the port. `options` go to aiosmtpd's SMTP."""

    def __init__(self, handler: object, *, sealed: ssl.SSLContext | None = None, **options: Any) -> None:
        self.handler, self.sealed, self.options = handler, sealed, options
        self.port = 0
        self.open: set[SMTP] = set()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result(10)
        self.port = self.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        if self.loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._end(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)
        self.loop.close()

    async def _listen(self) -> asyncio.Server:
        return await self.loop.create_server(self._session, "127.0.0.1", self.port, ssl=self.sealed)

    def _session(self) -> SMTP:
        made = SMTP(self.handler, hostname="localhost", loop=self.loop, **self.options)
        self.open.add(made)
        return made

    async def _end(self) -> None:
        self.server.close()
        for session in self.open:
            if session.transport:
                session.transport.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.open.clear()


def only(username: str, password: str) -> Any:
    """Return an authenticator for aiosmtpd that knows one account."""

    def known(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: Any) -> AuthResult:
        right = given == LoginPassword(username.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    return known
