"""A pin as the desk finds it: what it sells, and what stands in the way of a newcomer.

Whoever wants a pin's packs gets it settled: what ran out has ended, who waits was served. Refuses rows:
a claim may not keep one across a housekeeping that changes it.
"""

from collections.abc import Collection, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import Select, Table, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from core import clock
from core.in_lists import placed, places, size_for
from livestream.desk import waitlist
from livestream.errors import PinClosed, UnknownCode
from livestream.log import Turn
from livestream.models import Claim, Pin
from livestream.pins.pin_sale import PinSale
from livestream.states import SHOWN

_PINS = cast(Table, Pin.__table__)
_CLAIMS = cast(Table, Claim.__table__)
_PIN_FIELDS = [field.name for field in fields(PinSale)]


class Stand(NamedTuple):
    """A pin at the desk: what it sells, whether a claim or offer on it ran out, whether somebody waits."""

    pin: PinSale
    ran_out: bool
    waited_for: bool


def settled(session: Session, turn: Turn, codes: Collection[str]) -> dict[str, Stand]:
    """The pins of `codes` (upper case), by code, after what ran out has ended and who waits was served."""
    seen = _look(session, turn, codes)
    unsettled = [stand.pin.id for stand in seen.values() if stand.ran_out or stand.waited_for]
    if not unsettled:
        return seen
    waitlist.settle_pins(session, turn, unsettled)
    return _look(session, turn, codes)


def open_one(stands: Mapping[str, Stand], code: str) -> Stand:
    """The pin of `code`, as typed, if it can be claimed.

    Raises:
        PinClosed: it sells nothing any more. UnknownCode: there is none, or it was not shown yet.
    """
    stand = stands.get(code.upper())
    if stand is not None and stand.pin.state == "closed":
        raise PinClosed()
    if stand is None or stand.pin.state not in SHOWN:
        raise UnknownCode(code)
    return stand


def _look(session: Session, turn: Turn, codes: Collection[str]) -> dict[str, Stand]:
    size = size_for(len(codes))
    values = {"session": turn.session_id, "now": clock.now_ms(), **placed("code", [*codes], size)}
    stands: dict[str, Stand] = {}
    for *pin, ran_out, waited_for in session.execute(_looking(size), values):
        sale = PinSale(*pin)
        stands[sale.code] = Stand(sale, bool(ran_out), bool(waited_for))
    return stands


@cache
def _looking(size: int) -> Select[*tuple[Any, ...]]:
    here = _CLAIMS.c.pin_id == _PINS.c.id
    held = _CLAIMS.c.state == "held"
    expired = exists().where(here, held, _CLAIMS.c.expires_ms <= bindparam("now"))
    unreached = exists().where(here, _CLAIMS.c.reach_by_ms <= bindparam("now"))
    ran_out = or_(expired, unreached)
    waited_for = exists().where(here, _CLAIMS.c.wait_state == "waiting")
    return select(*(_PINS.c[name] for name in _PIN_FIELDS), ran_out, waited_for).where(
        _PINS.c.session_id == bindparam("session"),
        _PINS.c.code.in_(places("code", size)),
    )
