"""Whatever somebody types, the finder reads it: no text makes it stumble, and what it quotes stands in the text."""

from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from gemeente.contact.promises import find_promises
from gemeente.kernel.clock import AMSTERDAM

WRITTEN = datetime(2026, 11, 25, 10, 0, tzinfo=AMSTERDAM)
SAID = """ik wij u Tess bel belt stuur sturen komt dinsdag morgen vóór 3 december om 10.00 uur , . ; : ( ) - en maar als dan dat
die mijn collega Jan de Vries is klaar uiterlijk binnen twee weken we will call you Tuesday by 5 pm ’s ’ “ ” …"""
WORDS = st.sampled_from([*SAID.split(), "\n"])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_is_read_and_each_quote_stands_in_it(text: str) -> None:
    for promise in find_promises(text, written=WRITTEN):
        assert promise.quote in text
        assert promise.quote.strip()
