from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from gemeente.kernel import clock
from gemeente.kernel.words import before, day, days_late, file_size, initials, short_day, when

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_tuesday() -> Iterator[None]:
    with clock.told_at(NOW), translation.override("nl"):
        yield


def test_days_are_written_out() -> None:
    assert day(NOW) == "dinsdag 24 november"
    assert day(datetime(2027, 1, 5, 12, tzinfo=UTC)) == "dinsdag 5 januari 2027"


def test_before_names_the_first_day_on_which_it_is_too_late() -> None:
    assert before(datetime(2026, 11, 26, 16, tzinfo=UTC)) == "vrijdag 27 november"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, "vandaag, 10.00 uur"),
        (NOW - timedelta(days=1), "gisteren, 10.00 uur"),
        (NOW - timedelta(days=12), "12 november, 10.00 uur"),
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "vandaag, 0.30 uur"),
    ],
)
def test_moments_in_local_time(moment: datetime, words: str) -> None:
    assert when(moment) == words


def test_english_has_its_own_clock() -> None:
    with translation.override("en"):
        assert when(NOW).endswith("10:00")


def test_near_days_have_names() -> None:
    assert [short_day(NOW + timedelta(days=away)) for away in (-1, 0, 1)] == ["gisteren", "vandaag", "morgen"]


def test_how_long_a_promise_is_broken() -> None:
    words = [days_late(NOW - timedelta(days=away)) for away in (0, 1, 13)]
    assert words == ["vandaag te laat", "1 dag te laat", "13 dagen te laat"]


def test_sizes_that_people_know() -> None:
    assert [file_size(size) for size in (0, 84_200, 2_130_000)] == ["1 kB", "84 kB", "2,1 MB"]


@pytest.mark.parametrize(
    ("name", "letters"), [("Hiltje de Vries", "HV"), ("Bakkerij Van Dam", "BD"), ("x", "X"), ("", "?")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
