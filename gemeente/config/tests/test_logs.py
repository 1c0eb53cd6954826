"""A log line is for machines: one JSON object, with its trace, and nothing of what a resident wrote."""

import json
import logging
from typing import Any

from gemeente.config.logs import LineFormatter, is_no_answer_of_health
from gemeente.kernel import trace

SECRET = "wat een inwoner schreef"


def line(message: str, *values: object, fault: BaseException | None = None, **more: Any) -> dict[str, str]:
    """Return a record as the formatter writes it, read back."""
    found = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord("gemeente.proef", logging.WARNING, "proef.py", 1, message, values, found)
    vars(record).update(more)
    written = LineFormatter().format(record)
    assert "\n" not in written
    read: dict[str, str] = json.loads(written)
    return read


def fault() -> BaseException:
    try:
        raise LookupError(SECRET)
    except LookupError as caught:
        return caught


def test_a_line_says_when_where_what_and_in_which_trace() -> None:
    began = trace.start()
    read = line("%s van %s", 1, 2, subscriber="contact.take_in")
    assert (read["level"], read["logger"], read["message"]) == ("warning", "gemeente.proef", "1 van 2")
    assert (read["trace_id"], read["subscriber"]) == (began, "contact.take_in")
    assert read["at"].endswith("+00:00")


def test_of_a_fault_only_its_kind_and_place_are_written() -> None:
    read = line("delivery failed", fault=fault())
    assert read["error"] == "LookupError"
    assert read["where"].startswith("fault:")
    assert SECRET not in str(read)


def test_the_values_of_a_message_about_a_fault_are_left_out() -> None:
    assert SECRET not in str(line("cannot keep %s", SECRET, fault=fault()))


def test_the_request_itself_is_left_out() -> None:
    assert "request" not in line("Not Found", request={"POST": SECRET})


def test_a_health_check_that_is_not_ready_makes_no_noise() -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "x", 1, "Service Unavailable", (), None)
    assert is_no_answer_of_health(record)
    vars(record)["status_code"] = 503
    assert not is_no_answer_of_health(record)


def test_it_is_what_the_product_writes_with() -> None:
    formatters = {type(handler.formatter) for handler in logging.getLogger().handlers}
    assert LineFormatter in formatters
