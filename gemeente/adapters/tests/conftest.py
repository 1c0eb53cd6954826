"""The servers that the tests of adapters talk to."""

from collections.abc import Iterator

import pytest

from gemeente.adapters.tests.dovecot import Dovecot


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server
