"""Structured logs, one JSON line each, on stderr, without personal data.

Paths are logged without their query (capabilities live there) and never with a name or a number.
"""

import logging
import sys
import time
from contextlib import suppress
from typing import TextIO, cast

import structlog
from flask import Flask, Response, g, request
from structlog.typing import EventDict

from core.phone import mask_phones_in

log = structlog.get_logger()

_SLOW_MS = 1000


class _Stderr:
    """Where the log goes; what cannot be written (a full disk) is lost, and nothing else with it."""

    def write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            sys.stderr.flush()


def init_app(app: Flask) -> None:
    """Log to stderr as JSON; note slow or failed requests by route, never by address or person."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            _without_numbers,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, _Stderr())),
        cache_logger_on_first_use=True,
    )
    app.before_request(_start)
    app.after_request(_note)


def _without_numbers(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Hide phone numbers: PostgreSQL tells the key of a broken constraint in its message."""
    told = {key: mask_phones_in(str(event[key])) for key in ("exception", "error") if key in event}
    return {**event, **told}


def _start() -> None:
    g.started_at = time.monotonic()


def _note(response: Response) -> Response:
    took_ms = int((time.monotonic() - g.get("started_at", time.monotonic())) * 1000)
    if response.status_code >= 500 or took_ms > _SLOW_MS:
        route = request.url_rule.rule if request.url_rule else "-"
        log.info(
            "request", method=request.method, route=route, status=response.status_code, ms=took_ms
        )
    return response
