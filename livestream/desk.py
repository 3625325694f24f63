"""The desk: takes claims and lowers them, each in one transaction of a handful of statements.

The session's row is locked first; then what ran out ends, who waits is served, and only then the
newcomer. The guard that keeps packs from being promised twice is `catalog.stock.take`. A refused claim
uses no number: its transaction (or savepoint) is undone. Core statements, not objects, on this path:
it is the busiest of the whole market.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.errors import NotFound
from core.identity.logins import Login, require_person
from core.ids import new_id
from core.text import mask_name
from livestream import claims, hold_rule, log, waitlist
from livestream.claims import Standing
from livestream.errors import ClaimFixed, LimitReached, OnlyLower, PinClosed, UnknownCode
from livestream.log import Turn
from livestream.models import Claim, Pin
from livestream.pin_sale import PinSale
from livestream.states import SHOWN, status_of

MOST_OPEN_UNVERIFIED = 3
"""How many open claims a person may have in a session before their number was proved."""

_PINS = cast(Table, Pin.__table__)
_CLAIMS = cast(Table, Claim.__table__)
_PIN_FIELDS = [field.name for field in fields(PinSale)]


@dataclass(frozen=True)
class ClaimRequest:
    """Who wants how many packs of which code; `received_ms` (UTC ms) is when the server heard of it.

    `source` is `button` or `comment`; `code` as typed, any case.
    """

    session_id: str
    code: str
    qty: int
    login: Login
    received_ms: int
    source: str = "button"
    comment_id: str | None = None


@dataclass(frozen=True)
class Claimed:
    """What became of a claim; `left` is packs nobody has yet, `expires_ms` None if nothing is held."""

    claim_id: str
    number: int
    status: str
    held: int
    waiting: int
    unit_price_vnd: int
    expires_ms: int | None
    left: int
    seq: int


@dataclass(frozen=True)
class ChangeRequest:
    """Lower a claim to `qty` packs in all; 0 withdraws it."""

    session_id: str
    claim_id: str
    qty: int
    login: Login


@dataclass(frozen=True)
class Changed:
    """How a claim stands after a change."""

    claim_id: str
    held: int
    waiting: int
    status: str
    seq: int


def claim(session: Session, request: ClaimRequest) -> Claimed:
    """Hold packs for a buyer, as many as there are; the rest waits in number order.

    Precondition: `qty` ≥ 1. The caller undoes its transaction or savepoint if this raises.

    Raises:
        LoginRequired: the device has given no number.
        NotFound, SessionNotLive, UnknownCode, PinClosed: nothing can be claimed there.
        LimitReached: the buyer would have more than they may; `allowed` says how many more they can.
    """
    person_id = require_person(request.login)
    now = clock.now_ms()
    turn = log.begin_claim(session, request.session_id)
    turn.require_running()
    hold_rule.keep_up(session, turn, now)
    seen = _look(session, turn, request, person_id)
    if seen.ran_out or seen.waited_for:
        waitlist.settle(session, turn, seen.pin)
        seen = _look(session, turn, request, person_id)
    _require_allowed(seen, request)
    held = 0
    if not seen.waited_for:
        held = stock.take(session, seen.pin.allotment_id, seen.pin.pack_size, request.qty)
    return _keep(session, turn, request, seen.pin, held)


def change(session: Session, request: ChangeRequest) -> Changed:
    """Lower a claim, waiting packs first, keeping its number and place; what is freed goes to who waits.

    Works as long as something of it is open, also after the show. Asking for what it has changes nothing.

    Raises:
        LoginRequired: the device has given no number.
        NotFound: no such claim in the session, or not this buyer's.
        OnlyLower: more was asked than the claim has.
        ClaimFixed: so many of its packs are in an order, or it is over.
    """
    require_person(request.login)
    turn = log.begin(session, request.session_id)
    found = _own_claim(session, request)
    pin = waitlist.sales(session, [found.pin_id])[0]
    waitlist.settle(session, turn, pin)
    seq = _lower(session, turn, pin, found, request.qty)
    waitlist.promote(session, turn, pin)
    now = claims.standing(found)
    return Changed(found.id, now.held, now.waiting, now.status, seq)


class _Seen(NamedTuple):
    """The pin, whether a claim on it ran out or waits, and what the buyer has: packs here, open claims."""

    pin: PinSale
    ran_out: bool
    waited_for: bool
    buyers_packs: int
    buyers_open: int


def _look(session: Session, turn: Turn, request: ClaimRequest, person_id: str) -> _Seen:
    values = {
        "session": turn.session_id,
        "code": request.code.upper(),
        "person": person_id,
        "now": clock.now_ms(),
    }
    row = session.execute(_looking(), values).one_or_none()
    if row is None:
        raise UnknownCode(request.code)
    *pin, ran_out, waited_for, packs, open_claims = row
    sale = PinSale(*pin)
    if sale.state == "closed":
        raise PinClosed()
    if sale.state not in SHOWN:
        raise UnknownCode(request.code)
    return _Seen(sale, bool(ran_out), bool(waited_for), int(packs), open_claims)


def _require_allowed(seen: _Seen, request: ClaimRequest) -> None:
    if not request.login.person_verified and seen.buyers_open >= MOST_OPEN_UNVERIFIED:
        raise LimitReached(allowed=0)
    allowed = max(0, seen.pin.limit_packs - seen.buyers_packs)
    if request.qty > allowed:
        raise LimitReached(allowed=allowed)


def _keep(session: Session, turn: Turn, request: ClaimRequest, pin: PinSale, held: int) -> Claimed:
    """Write the claim and its log entry, and say what became of it."""
    now = clock.now_ms()
    kept = Standing(held, request.qty - held, _word(held, request.qty - held))
    row = _row(turn, request, pin, kept, now)
    row["number"] = number = log.next_number(session, turn)
    session.execute(insert(_CLAIMS), row)
    line = claims.line(number, str(row["name_masked"]), pin.code, kept, now)
    seq = log.append(session, turn, "claims", [list(line)])
    return Claimed(
        claim_id=str(row["id"]),
        number=number,
        status=kept.status,
        held=held,
        waiting=kept.waiting,
        unit_price_vnd=pin.price_at(request.received_ms),
        expires_ms=hold_rule.expires_ms(turn, now) if held else None,
        left=0 if kept.waiting else _left(session, pin),
        seq=seq,
    )


def _row(
    turn: Turn, request: ClaimRequest, pin: PinSale, kept: Standing, now_ms: int
) -> dict[str, object]:
    return {
        "id": new_id(),
        "session_id": turn.session_id,
        "pin_id": pin.id,
        "seller_id": pin.seller_id,
        "person_id": request.login.person_id,
        "device_id": request.login.device_id,
        "name_masked": mask_name(request.login.name),
        "asked": request.qty,
        "held": kept.held,
        "waiting": kept.waiting,
        "state": "held" if kept.held else "none",
        "wait_state": "waiting" if kept.waiting else "none",
        "ordered_packs": 0,
        "unit_price_vnd": pin.price_at(request.received_ms),
        "expires_ms": hold_rule.expires_ms(turn, now_ms) if kept.held else None,
        "source": request.source,
        "comment_id": request.comment_id,
        "created_ms": now_ms,
    }


def _word(held: int, waiting: int) -> str:
    """The public word for a claim just made."""
    return status_of("held" if held else "none", "waiting" if waiting else "none", waiting)


def _left(session: Session, pin: PinSale) -> int:
    return stock.allotment_left(session, [pin.allotment_id])[pin.allotment_id] // pin.pack_size


def _own_claim(session: Session, request: ChangeRequest) -> Claim:
    """The claim to change, as an object that later reads of this transaction refresh."""
    query = select(Claim).where(
        Claim.id == request.claim_id, Claim.session_id == request.session_id
    )
    found = claims.chosen(query, session)
    if not found or not request.login.owns(found[0].person_id, found[0].device_id):
        raise NotFound()
    return found[0]


def _lower(session: Session, turn: Turn, pin: PinSale, found: Claim, packs: int) -> int:
    in_order = found.held if found.state != "held" else 0
    if packs == found.held + found.waiting:
        return turn.seq
    if packs < in_order or not (found.held or found.waiting):
        raise ClaimFixed(now=claims.standing(found).status)
    if packs > found.held + found.waiting:
        raise OnlyLower(most=found.held + found.waiting)
    return claims.lower(session, turn, pin, found, packs)


@cache
def _looking() -> Select[*tuple[Any, ...]]:
    """The pin of a code, with what stands in the way of a newcomer and what the buyer has already."""
    here = _CLAIMS.c.pin_id == _PINS.c.id
    ran_out = exists().where(here, *_ran_out())
    waited_for = exists().where(here, _CLAIMS.c.wait_state == "waiting")
    packs = select(func.coalesce(func.sum(_CLAIMS.c.held + _CLAIMS.c.waiting), 0)).where(
        here, _CLAIMS.c.person_id == bindparam("person")
    )
    open_claims = select(func.count()).where(
        _CLAIMS.c.person_id == bindparam("person"),
        _CLAIMS.c.session_id == bindparam("session"),
        _is_open(),
    )
    return select(
        *(_PINS.c[name] for name in _PIN_FIELDS),
        ran_out,
        waited_for,
        packs.scalar_subquery(),
        open_claims.scalar_subquery(),
    ).where(_PINS.c.session_id == bindparam("session"), _PINS.c.code == bindparam("code"))


def _ran_out() -> tuple[ColumnElement[bool], ...]:
    return (_CLAIMS.c.state == "held", _CLAIMS.c.expires_ms <= bindparam("now"))


def _is_open() -> ColumnElement[bool]:
    held = and_(_CLAIMS.c.state == "held", _CLAIMS.c.expires_ms > bindparam("now"))
    return or_(held, _CLAIMS.c.state == "ordered", _CLAIMS.c.wait_state == "waiting")
