"""Log lines for machines: one JSON object each, with the trace id, without personal data."""

import json
import logging
import traceback
from datetime import UTC, datetime
from http import HTTPStatus

from gemeente.kernel import trace

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


def is_no_answer_of_health(record: logging.LogRecord) -> bool:
    """Leave out that /readyz said "not ready": whoever asked it got the reasons, and asks again in a moment."""
    return getattr(record, "status_code", None) != HTTPStatus.SERVICE_UNAVAILABLE


class LineFormatter(logging.Formatter):
    """Formats a record as one JSON line. Of an error only its kind and place are kept: its text may quote a resident."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.msg if record.exc_info else record.getMessage(),
            "trace_id": trace.current(),
        }
        line |= {key: str(value) for key, value in vars(record).items() if key not in _STANDARD and key != "request"}
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])[-4:]
            line["error"] = record.exc_info[0].__qualname__
            line["where"] = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames)
        return json.dumps(line, ensure_ascii=False)
