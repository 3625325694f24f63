"""One step of a keeper at the desk: who may, what the form says, once under its client id."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from marshmallow import Schema
from sqlalchemy.orm import Session

from catalog import access
from catalog.console import frame
from core import clock
from core.client_ids import JsonObject
from core.errors import BadRequest, NoSuchDay
from core.http.steps import take


@dataclass(frozen=True)
class Asked:
    """What a form asks: its fields, and who sent it (`actor` as in histories)."""

    body: JsonObject
    actor: str

    def text(self, name: str) -> str:
        """A field as typed, "" where it was left out."""
        return str(self.body.get(name) or "")

    def number(self, name: str) -> int | None:
        """A field of digits, None where it is empty.

        Raises:
            BadRequest: something else stands there.
        """
        typed = self.text(name).strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise BadRequest(field=name)
        return int(typed)


Act = Callable[[Session, Asked], JsonObject]


def keeper(seller_id: str, form: type[Schema], act: Act) -> JsonObject:
    """Do a step of somebody who keeps the seller's goods, and keep its answer for a repeat.

    Raises:
        LoginRequired, NotFound: they may not. BadRequest: the form is wrong. What `act` raises.
    """
    login = frame.staff(seller_id, access.KEEPERS)
    return take(login, lambda session, body: act(session, Asked(body, login.actor)), form)


def day(typed: str, field: str) -> date:
    """The day a date field holds (`2026-11-22`).

    Raises:
        BadRequest: it is none.
    """
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NoSuchDay(field) from error


def moment_ms(typed_day: str, typed_time: str) -> int | None:
    """The time (UTC ms) of a day and an hour typed in Vietnam, None where both are empty.

    A bare day begins at midnight, a bare hour is today's.

    Raises:
        BadRequest: one of them is none.
    """
    if not typed_day and not typed_time:
        return None
    on = day(typed_day, "from_day") if typed_day else clock.today()
    try:
        at = time.fromisoformat(typed_time or "00:00")
    except ValueError as error:
        raise BadRequest(field="from_time") from error
    return int(datetime.combine(on, at, clock.VIETNAM).timestamp()) * 1000
