import pytest

from gemeente.kernel import trace


def test_it_goes_on_with_the_trace_of_the_caller() -> None:
    given = "00-" + "a1" * 16 + "-" + "b2" * 8 + "-01"
    assert trace.start(given) == "a1" * 16 == trace.current()


@pytest.mark.parametrize("header", ["", "nonsense", "00-" + "A1" * 16 + "-" + "b2" * 8 + "-01", "00-\n", "x" * 10_000])
def test_anything_else_starts_a_new_one(header: str) -> None:
    assert trace.start(header) != trace.start(header)
