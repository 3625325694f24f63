"""Every refusal becomes an answer here, once: a JSON problem (RFC 9457) or a page in the same words.

Faults of ours are logged with their traceback and answered without one.
"""

from http import HTTPStatus

import structlog
from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_babel import gettext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from core.errors import BadRequest, Busy, DomainError, Fault, NotFound, TooLarge
from core.http import field_names
from core.strict_json import JsonValue

log = structlog.get_logger()

_JSON_PATHS = ("/api/", "/webhooks/", "/.well-known/", "/healthz", "/readyz")
_MACHINE_CODES = {404: "not_found", 405: "method_not_allowed", 415: "bad_json", 413: "too_large"}


def init_app(app: Flask) -> None:
    """Register the handlers for typed errors, HTTP errors and faults."""
    app.register_error_handler(DomainError, answer_domain_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(DBAPIError, _answer_database_error)
    app.register_error_handler(PoolTimeout, _answer_database_error)
    app.register_error_handler(Exception, _answer_fault)


def error_fields(error: DomainError) -> dict[str, JsonValue]:
    """The public form of a refusal, shared by problems and socket acks: code, message, typed data."""
    return {"code": error.code, "message": _sentence(error), **error.data}


def _sentence(error: DomainError) -> str:
    places = dict(error.data)
    if isinstance(error, BadRequest):
        places["field"] = field_names.name_of(str(places["field"]))
        others = str(places.get("also", "")).split(",")
        places["also"] = "”, “".join(field_names.name_of(one) for one in others)
    return gettext(error.message) % places


def answer_domain_error(error: DomainError) -> Response:
    """The response for a typed refusal."""
    fields = error_fields(error)
    response = _respond(error.status, fields)
    if isinstance(retry := error.data.get("retry_after_ms"), int):
        response.headers["Retry-After"] = str(max(1, -(-retry // 1000)))
    return response


def wants_json() -> bool:
    """Whether the asked path speaks JSON."""
    return request.path.startswith(_JSON_PATHS) or request.path.endswith("/state")


def _answer_http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if status == 413:
        return answer_domain_error(TooLarge())
    code = _MACHINE_CODES.get(status, "bad_request" if status < 500 else "fault")
    message = (
        gettext(NotFound.message) if status == 404 else gettext("Yêu cầu này không dùng được.")
    )
    response = _respond(status, {"code": code, "message": message})
    if status == 405 and (allowed := getattr(error, "valid_methods", None)):
        response.headers["Allow"] = ", ".join(allowed)
    return response


def _answer_database_error(error: DBAPIError | PoolTimeout) -> Response:
    return answer_domain_error(as_refusal(error))


def as_refusal(error: Exception) -> DomainError:
    """What a caller is told of `error`: itself, "come back soon" for an outage, a fault for the rest.

    Faults are logged with their traceback, which the caller never sees.
    """
    if isinstance(error, DomainError):
        return error
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and _is_outage(error)):
        log.warning("database_unavailable", error=type(error).__name__)
        return Busy(retry_after_ms=2000)
    log.exception("fault", exc_info=error)
    return Fault()


def _is_outage(error: DBAPIError) -> bool:
    words = str(error.orig).lower()
    return (
        error.connection_invalidated
        or "locked" in words
        or "connect" in words
        or "shutting down" in words
    )


def _answer_fault(error: Exception) -> Response:
    return answer_domain_error(as_refusal(error))


def _respond(status: int, fields: dict[str, JsonValue]) -> Response:
    title = HTTPStatus(status).phrase
    if not wants_json():
        page = render_template("core/problem.html", status=status, title=title, problem=fields)
        return make_response(page, status)
    problem = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": fields["message"],
        **fields,
    }
    response = jsonify(problem)
    response.status_code = status
    response.mimetype = "application/problem+json"
    return response
