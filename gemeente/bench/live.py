"""From a change to the screens: one employee writes a note, and all who have that team's work open hear of it by themselves.

The clock starts when the form is sent. A browser has it on screen when it heard that the queue changed; the one that has the
conversation open, when it also fetched the page that holds the note. Runs in the process of the load, so it knows no tables.
"""

import select
import socket
import time
from dataclasses import dataclass

from gemeente.bench.load import ANSWER_SECONDS, Line, Shot, WrongAnswer
from gemeente.bench.request import Request

_BETWEEN_SECONDS = 0.1


@dataclass(frozen=True)
class Cast:
    """Who is there: the question, the session of who writes, and those of the browsers; the first has the question open."""

    number: str
    writer: str
    browsers: list[str]


def watch(live_port: int, web_port: int, who: Cast, changes: int) -> list[float]:
    """Make so many changes after a first that warms up; return the milliseconds of each screen. Raises WrongAnswer."""
    screens = _Screens(live_port, web_port, who)
    try:
        screens.change(0)
        return [taken for nth in range(1, changes + 1) for taken in screens.change(nth)]
    finally:
        screens.close()


class _Screens:
    """The open browsers, as sockets in one thread over epoll, so that they cost the servers as little as can be."""

    def __init__(self, live_port: int, web_port: int, who: Cast) -> None:
        self._web_port, self._who = web_port, who
        self._writer, self._reader = Line(web_port), Line(web_port)
        self._open = [_stream(live_port, cookie) for cookie in who.browsers]
        self._poll = select.epoll()
        for one in (*self._open, self._writer.socket, self._reader.socket):
            self._poll.register(one.fileno(), select.EPOLLIN)

    def change(self, nth: int) -> list[float]:
        """Write a note; return after how many milliseconds it was on each screen."""
        time.sleep(_BETWEEN_SECONDS)
        words = f"Notitie {nth} voor wie meekijkt."
        began = time.perf_counter()
        self._writer.send(self._note(words))
        waiting = {one.fileno(): one for one in self._open}
        first, written, shown = self._open[0].fileno(), False, False
        taken: list[float] = []
        while waiting or not (written and shown):
            for number in self._heard():
                now = (time.perf_counter() - began) * 1000
                if number == self._writer.socket.fileno():
                    written = self._writer.hear()
                elif number == self._reader.socket.fileno():
                    if shown := self._reader.hear():
                        taken.append(now)
                elif _says_change(waiting, number):
                    del waiting[number]
                    if number == first:
                        self._reader.send(self._page(words))
                    else:
                        taken.append(now)
        return taken

    def _heard(self) -> list[int]:
        events = self._poll.poll(ANSWER_SECONDS)
        if not events:
            raise WrongAnswer(f"Een wijziging was na {ANSWER_SECONDS} seconden nog niet op elk scherm.")
        return [number for number, _ in events]

    def _note(self, words: str) -> Shot:
        token = self._who.writer.rpartition("=")[2]
        form = {"csrfmiddlewaretoken": token, "text": words}
        path = f"/werk/vraag/{self._who.number}/"
        request = Request(path=f"{path}notitie/", cookie=self._who.writer, marker=path, form=form, status=302)
        return Shot(request.wire(self._web_port), request.status, request.marker.encode())

    def _page(self, words: str) -> Shot:
        path = f"/werk/vraag/{self._who.number}/"
        request = Request(path=path, cookie=self._who.browsers[0], marker=words)
        return Shot(request.wire(self._web_port), request.status, words.encode())

    def close(self) -> None:
        """Close all browsers."""
        for one in (*self._open, self._writer.socket, self._reader.socket):
            one.close()


def _stream(port: int, cookie: str) -> socket.socket:
    """Open the stream of one browser. Raises WrongAnswer when the server does not let it in."""
    line = socket.create_connection(("127.0.0.1", port), ANSWER_SECONDS)
    line.sendall(f"GET /live/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n".encode())
    heard = b""
    while b"retry:" not in heard:
        came = line.recv(4096)
        if not came or b" 200 " not in (heard + came)[:16]:
            raise WrongAnswer(f"Een scherm mag niet meeluisteren: {(heard + came)[:200]!r}")
        heard += came
    return line


def _says_change(waiting: dict[int, socket.socket], number: int) -> bool:
    # What else comes: that somebody has the question open, and the sign of life.
    return number in waiting and b'"question"' in waiting[number].recv(65_536)
