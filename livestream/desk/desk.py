"""The desk: takes claims in the order they came, as many as wait in one transaction, and lowers them.

The session's row is locked first; then what ran out ends, who waits is served, and only then the
newcomers, in a number of statements that does not grow with how many they are. The guard that keeps
packs from being promised twice is `catalog.stock.take`, asked once a pin for all of them. A refused
claim uses no number and blocks no other. Core statements on this path: it is the busiest of the market.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.errors import DomainError, NotFound
from core.identity.logins import Login, require_person
from core.ids import new_id
from core.text import mask_name
from livestream import log
from livestream.desk import claims, hold_rule, limits, stands, waitlist
from livestream.desk.claims import Standing
from livestream.desk.stands import Stand
from livestream.errors import ClaimFixed, OnlyLower
from livestream.log import Turn
from livestream.models import Claim
from livestream.pins import flash_caps
from livestream.pins.pin_sale import PinSale
from livestream.room.snapshot import ClaimLine
from livestream.states import status_of
from livestream.talk import chat_bars

_CLAIMS = cast(Table, Claim.__table__)


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

    Precondition: `qty` ≥ 1.

    Raises:
        LoginRequired: the device has given no number.
        NotFound, SessionNotLive, UnknownCode, PinClosed: nothing can be claimed there.
        LimitReached: the buyer would have more than they may; `allowed` says how many more they can.
    """
    turn = log.begin(session, request.session_id)
    turn.require_running()
    outcome = claim_all(session, turn, [request])[0]
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def claim_all(
    session: Session, turn: Turn, requests: Sequence[ClaimRequest]
) -> list[Claimed | DomainError]:
    """Take claims of one session in order; each comes to what `claim` would answer or raise for it.

    Precondition: the turn is of a running session, and every `qty` ≥ 1.
    """
    hold_rule.keep_up(session, turn, clock.now_ms())
    codes = {request.code.upper() for request in requests}
    judged = _judged(session, turn, stands.settled(session, turn, codes), requests)
    wanted = [one for one in judged if isinstance(one, _Wanted)]
    made = iter(_made(session, turn, wanted) if wanted else ())
    return [one if isinstance(one, DomainError) else next(made) for one in judged]


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


class _Wanted(NamedTuple):
    """A claim that may be made: at which stand, and what was asked."""

    stand: Stand
    request: ClaimRequest


def _judged(
    session: Session, turn: Turn, found: Mapping[str, Stand], requests: Sequence[ClaimRequest]
) -> list[_Wanted | DomainError]:
    """Each request, or why it is refused, judged in order."""
    pins = [stand.pin for stand in found.values()]
    buyers = limits.load(
        session, turn.session_id, pins, [request.login for request in requests], clock.now_ms()
    )
    bars = chat_bars.load(session, turn, [request.login for request in requests])
    caps = flash_caps.load(session, buyers, pins, requests)
    judged: list[_Wanted | DomainError] = []
    for request in requests:
        try:
            require_person(request.login)
            bars.require_welcome(request.login)
            stand = stands.open_one(found, request.code)
            caps.allow(stand.pin, request)
        except DomainError as error:
            judged.append(error)
        else:
            judged.append(_Wanted(stand, request))
    caps.end_sold_out(session, turn)
    return judged


def _made(session: Session, turn: Turn, wanted: Sequence[_Wanted]) -> list[Claimed]:
    """Write the claims with their numbers and one entry of the log, and say what became of each."""
    held = _taken(session, wanted)
    now = clock.now_ms()
    first = log.next_numbers(session, turn, len(wanted))
    rows = [
        _row(turn, one, packs, first + place, now)
        for place, (one, packs) in enumerate(zip(wanted, held, strict=True))
    ]
    session.execute(insert(_CLAIMS).returning(_CLAIMS.c.number), rows)
    lines = [_line(one, row) for one, row in zip(wanted, rows, strict=True)]
    seq = log.append(session, turn, "claims", [list(line) for line in lines])
    lefts = _lefts(session, wanted, held)
    return [
        Claimed(
            claim_id=row["id"],
            number=row["number"],
            status=str(line[claims.STATUS]),
            held=row["held"],
            waiting=row["waiting"],
            unit_price_vnd=row["unit_price_vnd"],
            expires_ms=row["expires_ms"],
            left=left,
            seq=seq,
        )
        for row, line, left in zip(rows, lines, lefts, strict=True)
    ]


def _taken(session: Session, wanted: Sequence[_Wanted]) -> list[int]:
    """The packs each gets, in order: from each pin's allotment all that are asked for are taken at once."""
    sums: Counter[str] = Counter()
    for stand, request in wanted:
        sums[stand.pin.id] += 0 if stand.waited_for else request.qty
    taken: dict[str, int] = {}
    for pin in _pins(wanted):
        packs = sums[pin.id]
        taken[pin.id] = stock.take(session, pin.allotment_id, pin.pack_size, packs) if packs else 0
    held = []
    for stand, request in wanted:
        held.append(min(request.qty, taken[stand.pin.id]))
        taken[stand.pin.id] -= held[-1]
    return held


def _lefts(session: Session, wanted: Sequence[_Wanted], held: Sequence[int]) -> list[int]:
    """The packs of its pin that nobody had right after each claim; 0 while somebody waits."""
    pins = _pins(wanted)
    units = stock.allotment_left(session, [pin.allotment_id for pin in pins])
    left = {pin.id: units[pin.allotment_id] // pin.pack_size for pin in pins}
    lefts = []
    for (stand, request), packs in zip(reversed(wanted), reversed(held), strict=True):
        lefts.append(left[stand.pin.id] if packs == request.qty else 0)
        left[stand.pin.id] += packs
    return lefts[::-1]


def _pins(wanted: Sequence[_Wanted]) -> list[PinSale]:
    """The pins that are wanted, in the order of their allotments (the lock order)."""
    pins = {stand.pin.id: stand.pin for stand, _ in wanted}
    return sorted(pins.values(), key=lambda pin: pin.allotment_id)


def _row(turn: Turn, wanted: _Wanted, held: int, number: int, now_ms: int) -> dict[str, Any]:
    pin, request = wanted.stand.pin, wanted.request
    waiting = request.qty - held
    return {
        "id": new_id(),
        "session_id": turn.session_id,
        "pin_id": pin.id,
        "seller_id": pin.seller_id,
        "number": number,
        "person_id": request.login.person_id,
        "device_id": request.login.device_id,
        "name_masked": mask_name(request.login.name),
        "asked": request.qty,
        "held": held,
        "waiting": waiting,
        "state": "held" if held else "none",
        "wait_state": "waiting" if waiting else "none",
        "ordered_packs": 0,
        "unit_price_vnd": pin.price_at(request.received_ms),
        "expires_ms": hold_rule.expires_ms(turn, now_ms) if held else None,
        "source": request.source,
        "comment_id": request.comment_id,
        "created_ms": now_ms,
    }


def _line(wanted: _Wanted, row: Mapping[str, Any]) -> ClaimLine:
    status = status_of(row["state"], row["wait_state"], row["waiting"])
    now = Standing(row["held"], row["waiting"], status)
    return claims.line(
        row["number"], row["name_masked"], wanted.stand.pin.code, now, row["created_ms"]
    )


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
