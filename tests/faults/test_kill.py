"""Whatever dies at whatever moment: each accepted message is there once, and each confirmation went out."""

import random
import time
from collections import Counter

import pytest

from tests.browser.post import Post
from tests.browser.product import Product
from tests.browser.waiting import wait_for
from tests.faults.killing import Records, kill
from tests.faults.load import Asker, address_of, by_mail, by_web, text_of

KILLS = 24
PARTS = ("web", "worker", "postgres")
QUIET_SECONDS = 180
BACK_SECONDS = 60

DUE = "SELECT count(*) FROM kernel_delivery"
UNSENT = "SELECT count(*) FROM channels_outgoingmessage WHERE state = 'queued' AND channel = 'email'"
WAITING = "SELECT count(*) FROM channels_incomingmessage WHERE state = 'accepted'"
SET_ASIDE = "SELECT count(*) FROM kernel_delivery WHERE set_aside_at IS NOT NULL"
STUCK = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
THREADS = """
SELECT moment.text, count(*), count(DISTINCT moment.question) FROM contact_contactmoment AS moment
WHERE moment.direction = 'in' AND moment.text LIKE 'Bij nummer %' GROUP BY moment.text
"""


def _kill_again_and_again(product: Product) -> Counter[str]:
    chance, killed = random.Random(28_08), Counter[str]()  # the same row of moments at each run
    while killed.total() < KILLS:
        part = PARTS[killed.total() % len(PARTS)]
        time.sleep(chance.uniform(0.2, 1.5))  # the moment of the kill is what is tried here
        wait_for(lambda part=part: kill(product, part), seconds=BACK_SECONDS, what=f"{part} to kill")  # type: ignore[misc]
        killed[part] += 1
    return killed


def _quiet(records: Records, accepted: list[str]) -> bool:
    if any(records.count(statement) for statement in (DUE, UNSENT, WAITING)):
        return False
    return records.count(f"SELECT count(*) FROM ({THREADS}) AS threads") >= len(accepted)


@pytest.mark.drill
def test_kill_at_any_moment_loses_nothing_doubles_nothing_and_confirms_all(product: Product) -> None:
    askers = [Asker("w", by_web(product)), Asker("m", by_mail(product))]
    for asker in askers:
        asker.start()
    killed = _kill_again_and_again(product)
    for asker in askers:
        asker.stop()
    accepted = [mark for asker in askers for mark in asker.accepted]
    assert killed == {part: KILLS // len(PARTS) for part in PARTS}
    assert all(asker.accepted for asker in askers)

    records, post = Records(product), Post(product)
    wait_for(lambda: _quiet(records, accepted), seconds=QUIET_SECONDS, what=f"quiet\n{product.said[-4000:]}")
    found = {text: (times, threads) for text, times, threads in records.rows(THREADS)}
    lost = [mark for mark in accepted if text_of(mark) not in found]
    doubled = [text for text, seen in found.items() if seen != (1, 1)]
    assert (lost, doubled) == ([], [])
    for mark in accepted:
        mails = post.received(address_of(mark))
        assert mails, f"{mark} was accepted and never confirmed"
        assert len({mail.message_id for mail in mails}) == 1
    assert records.count(SET_ASIDE) == records.count(STUCK) == 0
