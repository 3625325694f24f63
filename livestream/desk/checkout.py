"""From a basket to an order: what a buyer holds with one seller in one session is ordered, in one write.

The claims keep their price and their packs; the stock they took passes to the order. Refuses packs that
ran out, other buyers' and other devices' claims, and any price from outside.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import Login, require_person
from livestream import log
from livestream.desk import claims, waitlist
from livestream.errors import EmptyBasket
from livestream.log import Turn
from livestream.models import Claim
from shop import orders
from shop.orders import SETTLE, Buyer, DeliveryChoice, PlaceLine, PlaceOrder

SOURCE = "live:"
"""A live order's source is `live:<session id>`."""


@dataclass(frozen=True)
class BasketOrder:
    """Whose basket with which seller to order, to whose name and number (E.164, "" for the known one).

    `voucher` is a code as it was typed, "" for none; `if_differs` is for what the scales price.
    """

    session_id: str
    seller_id: str
    login: Login
    name: str
    phone: str
    delivery: DeliveryChoice
    voucher: str = ""
    if_differs: str = SETTLE


@dataclass(frozen=True)
class BasketLine:
    """A claim in a basket: packs at a price in đồng per pack, kept until `expires_ms` (UTC ms)."""

    claim_id: str
    number: int
    pin_id: str
    packs: int
    unit_price_vnd: int
    expires_ms: int


def basket(
    session: Session, session_id: str, seller_id: str, login: Login
) -> tuple[BasketLine, ...]:
    """What this buyer holds with one seller in one session now, by claim number.

    Raises:
        LoginRequired: the device has given no number.
    """
    held = _held(session, session_id, seller_id, login)
    return tuple(
        BasketLine(
            claim.id,
            claim.number,
            claim.pin_id,
            claim.held,
            claim.unit_price_vnd,
            claim.expires_ms or 0,
        )
        for claim in held
    )


def place(session: Session, wanted: BasketOrder) -> str:
    """Order the basket and return the order's code; works after the show too, while things are held.

    Raises:
        LoginRequired: the device has given no number. NotFound: no such session.
        PracticeOnly: it is a lesson, where nothing is sold.
        EmptyBasket: nothing is held (any more).
        and what `shop.orders.place` raises; then nothing is changed.
    """
    turn = log.begin(session, wanted.session_id)
    turn.require_sale()
    held = _held(session, wanted.session_id, wanted.seller_id, wanted.login)
    if not held:
        raise EmptyBasket()
    pins = {pin.id: pin for pin in waitlist.sales(session, {claim.pin_id for claim in held})}
    lines = tuple(
        PlaceLine(
            pins[claim.pin_id].listing_id,
            claim.held,
            claim.unit_price_vnd,
            pins[claim.pin_id].allotment_id,
        )
        for claim in held
    )
    until_ms = max(claim.expires_ms or 0 for claim in held)
    code = orders.place(session, _order(wanted, turn, lines, until_ms))
    for claim in held:
        claims.order(session, turn, pins[claim.pin_id], claim, code)
    return code


def _order(
    wanted: BasketOrder, turn: Turn, lines: tuple[PlaceLine, ...], until_ms: int
) -> PlaceOrder:
    login = wanted.login
    buyer = Buyer(require_person(login), login.device_id, wanted.name, wanted.phone or login.phone)
    return PlaceOrder(
        seller_id=wanted.seller_id,
        buyer=buyer,
        source=f"{SOURCE}{turn.session_id}",
        delivery=wanted.delivery,
        lines=lines,
        hold_until_ms=until_ms,
        voucher=wanted.voucher,
        if_differs=wanted.if_differs,
    )


def _held(session: Session, session_id: str, seller_id: str, login: Login) -> list[Claim]:
    query = select(Claim).where(
        Claim.person_id == require_person(login),
        Claim.session_id == session_id,
        Claim.seller_id == seller_id,
        Claim.state == "held",
        Claim.expires_ms > clock.now_ms(),
    )
    found = claims.chosen(query, session)
    return [claim for claim in found if login.owns(claim.person_id, claim.device_id)]
