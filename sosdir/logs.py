"""Write the log, as text or as one JSON object a line: never who asked, nor for what.

python-json-logger makes the lines: it is a formatter of the standard library's ``logging``, through
which the server, Flask and every library speak already, so that one setting holds for them all.
"""

from __future__ import annotations

import logging
import logging.config
import sys
import threading
import traceback
from types import TracebackType
from typing import Any

from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from sosdir.config import LogForm

_log = logging.getLogger(__name__)


class _Text(logging.Formatter):
    """Write an event as a line that a person reads, its fields at the end."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and below it where an error rose."""
        fields = {name: value for name, value in vars(record).items() if name not in _RESERVED}
        told = "".join(f" {name}={value}" for name, value in fields.items())
        head, end, rest = super().format(record).partition("\n")
        return f"{head}{told}{end}{rest}"


_RESERVED = frozenset((*RESERVED_ATTRS, "message", "asctime"))
_FORMATTERS: dict[LogForm, dict[str, Any]] = {
    LogForm.TEXT: {"()": _Text, "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    LogForm.JSON: {
        "()": JsonFormatter,
        "fmt": ["levelname", "name", "message"],
        "rename_fields": {"levelname": "level", "name": "logger", "exc_info": "stack"},
        "timestamp": "time",
    },
}


def configuration(form: LogForm) -> dict[str, Any]:
    """Return what ``logging`` and the server are told: all goes to standard error, in one form.

    Args:
        form: of the lines.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": _FORMATTERS[form]},
        "handlers": {
            "errors": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "line",
                "filters": [drop_error_words],
            }
        },
        # Libraries speak up when something is wrong; some name addresses when nothing is.
        "root": {"handlers": ["errors"], "level": "WARNING"},
        "loggers": {
            "sosdir": {"level": "INFO"},
            "_granian": {"level": "INFO"},
            # It is off, and stays silent should it be on: it would name who asks.
            "granian.access": {"level": "CRITICAL"},
        },
    }


def begin(form: LogForm) -> None:
    """Write the log of this process in a form; what ends a thread is logged as all else.

    Args:
        form: of the lines.
    """
    logging.config.dictConfig(configuration(form))
    logging.captureWarnings(True)
    sys.excepthook = _log_end
    threading.excepthook = _log_end_of_thread


def drop_error_words(record: logging.LogRecord) -> bool:
    """Keep of an error in a log its kind and where it rose; its words may repeat a query.

    Args:
        record: changed in place.

    Returns:
        True: every record is logged.
    """
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return True
    record.error = type(error).__name__
    traces = []
    while error is not None:
        frames = "".join(traceback.format_tb(error.__traceback__))
        traces.append(f"{frames}{type(error).__name__}")
        error = error.__cause__ or error.__context__
    record.exc_text = "\nCaused by:\n".join(traces)
    record.exc_info = None
    return True


def _log_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("ended by an error", exc_info=(kind, error, trace))


def _log_end_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None:
        _log_end(ended.exc_type, ended.exc_value, ended.exc_traceback)
