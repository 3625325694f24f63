"""One claim: its public line, and one function per thing that can happen to it, each logged.

Precondition of all: the session's row is locked (`log.Turn`). A part whose packs are given up returns
them to the allotment here and nowhere else, so that `used` always is what claims and orders hold.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.identity.logins import Login
from core.ids import new_id
from core.outbox import publish
from core.strict_json import JsonValue
from livestream import log
from livestream.desk import hold_rule
from livestream.desk.offer_events import PacksOffered
from livestream.log import Turn
from livestream.models import Claim, Pin
from livestream.pins.pin_sale import PinSale
from livestream.room.snapshot import ClaimLine
from livestream.states import HELD_PART, WAITING_PART, status_of
from shop.reliability import noting
from shop.reliability.noting import LeftClaim

STATUS = 5
"""Where a public line has the claim's word."""


@dataclass(frozen=True)
class Standing:
    """How a claim stands, in packs and in the public word."""

    held: int
    waiting: int
    status: str


def standing(claim: Claim) -> Standing:
    """How `claim` stands now."""
    status = status_of(claim.state, claim.wait_state, claim.waiting)
    return Standing(claim.held, claim.waiting, status)


def public_line(claim: Claim, code: str) -> ClaimLine:
    """The claim as everybody in the room may see it."""
    return line(claim.number, claim.name_masked, code, standing(claim), claim.created_ms)


def line(number: int, name_masked: str, code: str, now: Standing, created_ms: int) -> ClaimLine:
    """A claim's line from its parts; `created_ms` is UTC ms."""
    at = clock.iso(created_ms)
    return [number, name_masked, code, now.held, now.waiting, now.status, at]


def chosen(query: Select[Claim], session: Session) -> list[Claim]:
    """The claims of a query as the database has them now, by number."""
    fresh = query.order_by(Claim.number).execution_options(populate_existing=True)
    return list(session.scalars(fresh))


def of_pin(pin: PinSale) -> Select[Claim]:
    """A query for the claims of one pin."""
    return select(Claim).where(Claim.pin_id == pin.id)


def meant(session: Session, session_id: str, login: Login, codes: Collection[str]) -> list[str]:
    """The buyer's claims a withdrawal means: those of its codes, or without a code the only one."""
    query = (
        select(Claim, Pin.code)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(
            Claim.session_id == session_id,
            Claim.person_id == login.person_id,
            (Claim.state == "held") | (Claim.wait_state == "waiting"),
        )
        .order_by(Claim.number)
    )
    own = [
        (claim.id, code)
        for claim, code in session.execute(query)
        if login.owns(claim.person_id, claim.device_id)
    ]
    if codes:
        return [claim_id for claim_id, code in own if code in codes]
    return [claim_id for claim_id, _code in own] if len(own) == 1 else []


def expire(session: Session, turn: Turn, pin: PinSale, claim: Claim) -> int:
    """What was held ran out: it goes back, and the buyer leaves the waiting list too; returns the seq.

    The seller's book notes it, unless all of it was an offer its buyer never heard of, or for practice.
    """
    if claim.held > claim.offered and not turn.is_lesson:
        left = LeftClaim(claim.seller_id, claim.person_id, claim.device_id, turn.session_id)
        noting.claim_left(session, left)
    return _give_up(session, turn, pin, claim, "expired")


def release(session: Session, turn: Turn, pin: PinSale, claim: Claim) -> int:
    """What was held is nobody's any more: an officer stopped the show. No book notes it; returns the seq."""
    return _give_up(session, turn, pin, claim, "released")


def lower(session: Session, turn: Turn, pin: PinSale, claim: Claim, packs: int) -> int:
    """Keep `packs` in all, giving up waiting ones first, with number and place kept; returns the seq.

    Precondition: fewer than the claim has, and not fewer than are in an order.
    """
    if packs == 0:
        return _give_up(session, turn, pin, claim, "withdrawn")
    was = standing(claim)
    reach(turn, claim)
    freed = max(0, claim.held - packs)
    claim.waiting = packs - (claim.held - freed)
    if was.waiting and not claim.waiting:
        claim.wait_state = WAITING_PART.move(claim.wait_state, "left")
    claim.held -= freed
    if freed:
        stock.give_back(session, pin.allotment_id, freed * pin.pack_size)
    return _log(session, turn, pin, claim, was)


def serve(session: Session, turn: Turn, pin: PinSale, claim: Claim, packs: int) -> int:
    """Offer `packs` just taken from the allotment to who waits; returns the seq.

    They join the claim's held part. If that is in an order already, they become a claim of their own
    with the next number, because what was ordered does not grow.
    """
    was = standing(claim)
    claim.waiting -= packs
    if claim.state not in {"none", "held"}:
        if not claim.waiting:
            claim.wait_state = WAITING_PART.move(claim.wait_state, "none")
        _log(session, turn, pin, claim, was)
        return _own_claim(session, turn, pin, claim, packs)
    if not claim.waiting:
        claim.wait_state = WAITING_PART.move(claim.wait_state, "offered")
    claim.state = "held" if claim.state == "held" else HELD_PART.move(claim.state, "held")
    claim.held += packs
    _offer(turn, claim, packs)
    publish(session, PacksOffered(claim.id))
    return _log(session, turn, pin, claim, was)


def reach(turn: Turn, claim: Claim) -> None:
    """The buyer knows of what was offered: their time to order begins, and their place is theirs again."""
    claim.passed_ms = None
    if not claim.offered:
        return
    told_ms = (claim.expires_ms or 0) if claim.held > claim.offered else 0
    _forget_offer(claim)
    if claim.wait_state == "offered":
        claim.wait_state = WAITING_PART.move(claim.wait_state, "none")
    claim.expires_ms = max(told_ms, hold_rule.expires_after_waiting_ms(turn, clock.now_ms()))


def pass_over(session: Session, turn: Turn, pin: PinSale, claim: Claim) -> None:
    """Nobody was reached in time: the packs go on to the next, and the buyer waits again."""
    was = standing(claim)
    freed = claim.offered
    _forget_offer(claim)
    claim.passed_ms = clock.now_ms()
    claim.held -= freed
    claim.waiting += freed
    if claim.wait_state == "offered":
        claim.wait_state = WAITING_PART.move(claim.wait_state, "waiting")
    if not claim.held:
        claim.state = HELD_PART.move(claim.state, "none")
        claim.expires_ms = None
    stock.give_back(session, pin.allotment_id, freed * pin.pack_size)
    _log(session, turn, pin, claim, was)


def stop_waiting(claim: Claim, how: str) -> int:
    """The waiting part ends (`left` or `ended`), what is held stays; returns the packs that had waited."""
    _forget_offer(claim)
    waited, claim.waiting = claim.waiting, 0
    if claim.wait_state in {"waiting", "offered"}:
        claim.wait_state = WAITING_PART.move(claim.wait_state, how if waited else "none")
    return waited


def order(session: Session, turn: Turn, pin: PinSale, claim: Claim, code: str) -> None:
    """The held packs went into order `code`; their end is the order's from now on."""
    was = standing(claim)
    reach(turn, claim)
    claim.state = HELD_PART.move(claim.state, "ordered")
    claim.order_code = code
    claim.ordered_packs = claim.held
    claim.expires_ms = None
    _log(session, turn, pin, claim, was)


def pay(session: Session, turn: Turn, pin: PinSale, claim: Claim) -> None:
    """The claim's order is paid, in time or late (its stock was taken again)."""
    was = standing(claim)
    claim.state = HELD_PART.move(claim.state, "paid")
    claim.held = claim.ordered_packs
    claim.paid_ms = clock.now_ms()
    _log(session, turn, pin, claim, was)


def lapse(session: Session, turn: Turn, pin: PinSale, claim: Claim, state: str) -> None:
    """The claim's order ended without goods (`lapsed`), or was paid back (`refunded`).

    Its packs went back with the order; who did not pay leaves the waiting list too.
    """
    was = standing(claim)
    claim.state = HELD_PART.move(claim.state, state)
    claim.held = 0
    stop_waiting(claim, "left")
    _log(session, turn, pin, claim, was)


def _own_claim(session: Session, turn: Turn, pin: PinSale, claim: Claim, packs: int) -> int:
    served = Claim(
        id=new_id(),
        session_id=claim.session_id,
        pin_id=claim.pin_id,
        seller_id=claim.seller_id,
        number=log.next_numbers(session, turn, 1),
        person_id=claim.person_id,
        device_id=claim.device_id,
        name_masked=claim.name_masked,
        asked=packs,
        held=packs,
        waiting=0,
        state="held",
        wait_state="offered",
        offered=0,
        ordered_packs=0,
        unit_price_vnd=claim.unit_price_vnd,
        source=claim.source,
        comment_id=claim.comment_id,
        created_ms=clock.now_ms(),
    )
    _offer(turn, served, packs)
    session.add(served)
    publish(session, PacksOffered(served.id))
    return log.append(session, turn, "claims", [list(public_line(served, pin.code))])


def _give_up(session: Session, turn: Turn, pin: PinSale, claim: Claim, state: str) -> int:
    was = standing(claim)
    freed, claim.held = claim.held, 0
    claim.state = HELD_PART.move(claim.state, state)
    stop_waiting(claim, "left")
    if freed:
        stock.give_back(session, pin.allotment_id, freed * pin.pack_size)
    return _log(session, turn, pin, claim, was)


def _offer(turn: Turn, claim: Claim, packs: int) -> None:
    """Note that `packs` of what is held wait for the buyer to be told; the hold outlasts that."""
    now = clock.now_ms()
    claim.offered += packs
    claim.reach_by_ms = now + hold_rule.REACH_WITHIN_MS
    until_ms = hold_rule.expires_after_waiting_ms(turn, claim.reach_by_ms)
    claim.expires_ms = max(claim.expires_ms or 0, until_ms)


def _forget_offer(claim: Claim) -> None:
    claim.offered = 0
    claim.reach_by_ms = None


def _log(session: Session, turn: Turn, pin: PinSale, claim: Claim, was: Standing) -> int:
    before: JsonValue = {"held": was.held, "waiting": was.waiting, "status": was.status}
    data: JsonValue = {"claim": list(public_line(claim, pin.code)), "was": before}
    return log.append(session, turn, "claim_changed", data)
