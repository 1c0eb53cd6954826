import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from gemeente.bench.load import Shot, WrongAnswer, drive
from gemeente.bench.request import FRESH, Request

GOOD = Request(path="/good", cookie="a=b", marker="number 7")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    heard: list[bytes] = []

    def do_GET(self) -> None:
        if self.path == "/hangs-up":
            self.close_connection = True
            return
        self._answer(500 if self.path == "/fails" else 200, b"this is number 7" if self.path == "/good" else b"sorry")

    def do_POST(self) -> None:
        self.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(200, b"this is number 7")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        if self.path != "/no-length":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def _shot(port: int, path: str = "/good") -> Shot:
    return Shot(GOOD.wire(port, path), GOOD.status, GOOD.marker.encode())


def test_it_counts_and_times_every_good_answer(port: int) -> None:
    driven = drive(port, [_shot(port)], seconds=0.2, connections=4)
    assert driven.milliseconds
    assert min(driven.milliseconds) > 0
    assert driven.per_second == len(driven.milliseconds) / 0.2
    assert driven.load_share > 0


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/fails", "gaf niet wat erbij hoort"),
        ("/another-page", "gaf niet wat erbij hoort"),
        ("/no-length", "zegt niet hoe lang het is"),
        ("/hangs-up", "werd verbroken"),
    ],
)
def test_a_wrong_answer_stops_the_measuring(port: int, path: str, words: str) -> None:
    with pytest.raises(WrongAnswer, match=words):
        drive(port, [_shot(port), _shot(port, path)], seconds=5.0, connections=1)


def test_each_sending_of_a_form_has_a_token_of_its_own(port: int) -> None:
    form = Request(path="/form", cookie="a=b", marker="number 7", form={"token": FRESH, "text": "één vraag"})
    _Handler.heard.clear()
    driven = drive(port, [Shot(form.wire(port), 200, b"number 7")], seconds=0.2, connections=2)
    tokens = [re.match(rb"token=([0-9a-f-]{36})&text=%C3%A9%C3%A9n\+vraag$", body) for body in _Handler.heard]
    assert None not in tokens
    assert len({token[1] for token in tokens if token}) == len(tokens) >= len(driven.milliseconds)
    assert FRESH.encode() not in b"".join(_Handler.heard)
