"""Structured logs to stderr, with a last net: nothing that looks like an address of a person gets out.

The first rule is not to log such things; the net catches what a library writes against our will.
"""

import json
import logging
import logging.config
import re
import sys
import traceback
from collections.abc import ItemsView, Mapping
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

HIDDEN = "‹disembunyikan›"
NAMES = r"""
    \b (?:[A-Z]{2})? [0-9a-f]{32} \b                            # an id of the provider, or a UUID without dashes
    | \b [0-9a-f]{8} (?:-[0-9a-f]{4}){3} -[0-9a-f]{12} \b       # a UUID
    | \b [A-Z]{2,5}-\d{4}-\d{5,6} \b                            # the number of a report
    | \b (?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d (?![-\d])          # a date, and the time that follows it
      (?:[ T] [0-2]\d:[0-5]\d (?: :[0-5]\d (?:[.,]\d{1,6})? )?)? (?![\d])
"""
"""What only looks like an address, and without which a log is of no use."""
ADDRESSES = r"""
    whatsapp(?::|%3A)\S+                                       # any WhatsApp address, plain or in a query
    | \b [A-Z]{2}\.[A-Za-z0-9]{8,128} \b                       # a business-scoped id
    | (?:\+|%2B)? \d (?:[\s().\-\u2010-\u2015\u200b/]{0,3}\d){8,}    # nine digits or more, however they are spaced
"""
NET = re.compile(f"(?P<name>{NAMES})|{ADDRESSES}", re.VERBOSE)
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
NOISY = {
    # Below these levels they write addresses of requests and their parameters. A page that fails is logged by
    # polreswa.errors, with its number.
    "twilio.http_client": "WARNING",
    "urllib3": "WARNING",
    "celery": "WARNING",
    # It writes a failed task's exception with its words; polreswa.celery says the same without them.
    "celery.app.trace": "CRITICAL",
    "axes": "WARNING",
    "django.request": "CRITICAL",
    "kombu": "ERROR",
    "amqp": "WARNING",
}


def scrub(text: str) -> str:
    """The text with every address in it hidden, whatever letters it touches."""
    return NET.sub(lambda found: found[0] if found["name"] else HIDDEN, text)


class LastNet(logging.Filter):
    """On the handler, so that no logger passes it by. Scrubs the finished message, its extras and the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrub(_message_of(record)), None
        if record.exc_info:
            record.exc_text = where_it_broke(record.exc_info[1])
            record.exc_info = None
        elif record.exc_text:
            record.exc_text = scrub(record.exc_text)
        for name in set(vars(record)) - STANDARD:
            value = getattr(record, name)
            shown = scrub(str(value))
            # A number stays one, unless it is somebody's.
            is_harmless = isinstance(value, int | float) and shown == str(value)
            setattr(record, name, value if is_harmless else shown)
        return True


def where_it_broke(error: BaseException | None) -> str:
    """Where an exception came from, what kind it is, and the same of its causes; never its words, which can be anybody's."""
    lines: list[str] = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        here = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        lines = [*here, type(error).__name__, *lines]
        error = error.__cause__ or error.__context__
    return scrub("\n".join(lines))


def _message_of(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception as error:  # noqa: BLE001
        # A call with the wrong arguments: neither its caller nor the log may suffer, and the arguments are not shown.
        return f"a log line that does not fit its arguments ({type(error).__name__}) at {record.lineno}"


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        extras = sorted(set(vars(record)) - STANDARD)
        line |= {name: getattr(record, name) for name in extras if name != "request"}
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(options: Mapping[str, Any]) -> None:
    """Django's LOGGING_CONFIG: one handler on the root logger; `options["level"]` is its level."""
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"last_net": {"()": LastNet}},
            "formatters": {"json": {"()": JsonLines}},
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "stream": sys.stderr,
                    "filters": ["last_net"],
                    "formatter": "json",
                }
            },
            "root": {"handlers": ["stderr"], "level": options["level"]},
            "loggers": {name: {"level": level} for name, level in NOISY.items()},
        }
    )


class NothingOfTheRequest(SafeExceptionReporterFilter):
    """Error reports show where, never what: no form, no cookie, no setting, no local variable."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> ItemsView[str, Any]:
        return {}.items()

    def get_safe_settings(self) -> dict[str, Any]:
        return {}

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return {}
