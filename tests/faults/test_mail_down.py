"""The mail server is away for a while: people can still ask, and each confirmation goes out once when it is back."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.post import Post
from tests.browser.product import Product
from tests.browser.waiting import wait_for
from tests.faults.killing import Records, kill
from tests.faults.load import address_of, by_web

AWAY_SECONDS = 120
BACK_SECONDS = 120
MARKS = [f"p{nth}" for nth in range(3)]


class HangsUp(socketserver.TCPServer):
    """Stands on the port of the mail server, and hangs up on whoever calls; so the real one cannot come back."""

    allow_reuse_address = True


@contextmanager
def no_mail_server(product: Product) -> Iterator[None]:
    """Kill the mail server, and keep it away until this ends."""

    def instead() -> HangsUp | None:
        kill(product, "post")
        try:
            return HangsUp(("127.0.0.1", product.smtp_port), socketserver.BaseRequestHandler)
        except OSError:
            return None

    server = wait_for(instead, seconds=AWAY_SECONDS, what="port without its mail server")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.drill
def test_without_a_mail_server_people_ask_and_hear_as_soon_as_it_is_back(product: Product) -> None:
    records, post, ask = Records(product), Post(product), by_web(product)
    addresses = ", ".join(f"'{address_of(mark)}'" for mark in MARKS)
    about_us = f"SELECT count(*) FROM channels_outgoingmessage WHERE to_address IN ({addresses})"
    with no_mail_server(product):
        for mark in MARKS:
            ask(mark)
        tried = f"{about_us} AND state = 'queued' AND attempts >= 2"
        wait_for(lambda: records.count(tried) == len(MARKS), seconds=AWAY_SECONDS, what="second try")
        assert not any(post.received(address_of(mark)) for mark in MARKS)
    sent = f"{about_us} AND state = 'sent'"
    wait_for(lambda: records.count(sent) == len(MARKS), seconds=BACK_SECONDS, what="sent mail")
    for mark in MARKS:
        (confirmation,) = post.received(address_of(mark))
        assert confirmation.subject.startswith("Wij hebben uw vraag")
