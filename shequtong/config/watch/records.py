"""Lines of the log (结构化日志): JSON with the number of the request, and nothing that people wrote.

Our own loggers say what they mean without personal data (tests scan it). What others log may quote a row, an address or a header: of their
messages only the pattern is kept, of an error its kind and the places it came through, never its words.
"""

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

from shequtong.core.jobs import kind_and_place

REQUEST: ContextVar[str] = ContextVar("the number of the request at hand", default="")
OURS: Final = "shequtong"
FRAMES: Final = 12
# What the line of a request may carry besides (middleware.py).
FIELDS: Final = ("route", "method", "status", "ms", "statements", "account")


class RequestFilter(logging.Filter):
    """Every record of a request carries its number, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = REQUEST.get()
        return True


class JsonFormatter(logging.Formatter):
    """One object a line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname, "logger": record.name, "message": said(record)}
        if number := getattr(record, "request_id", ""):
            line["request"] = number
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and (error := record.exc_info[1]):
            line |= {"error": kind_and_place(error), "trace": places_of(error)}
        return json.dumps(line, ensure_ascii=False)


def said(record: logging.LogRecord) -> str:
    """The message of one of our loggers; of any other only its pattern, for the values may be anybody's."""
    if record.name == OURS or record.name.startswith(f"{OURS}."):
        return record.getMessage()
    if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])  # "Internal Server Error"; the address comes second
    return str(record.msg) if record.args else type(record.exc_info[1]).__name__ if record.exc_info else "…"


def places_of(error: BaseException) -> list[str]:
    """Where an error came through, without values: file, line, function."""
    frames = extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
