"""What is told beside the log: a buyer's own claims (`mine`), the host's numbers, the room's pulse.

Read fresh each time, because only the newest counts. Refuses the log's part (the claim list) and, for
each seller, every other seller's money.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from catalog import stock
from core import clock
from core.client_ids import JsonObject
from core.identity import sellers
from livestream.desk.claims import standing
from livestream.models import Claim, LiveSession, Pin
from shop import orders

_NEWEST_PAID = 20


def mine(
    session: Session, session_id: str, person_id: str, device_id: str | None = None
) -> JsonObject:
    """A buyer's claims and baskets in a session: `{session, claims, baskets}`.

    With `device_id`, only what was claimed on that device: all that an unproved one may see (ADR 0004).
    A basket is what is held with one seller (no `order`), or an unpaid order of it (its code).
    """
    rows = _rows_of_buyer(session, session_id, person_id, device_id)
    claims: list[JsonObject] = [_claim_of_buyer(claim, pin) for claim, pin in rows]
    baskets = _baskets(session, [claim for claim, _pin in rows])
    return {"session": session_id, "claims": [*claims], "baskets": [*baskets]}


def pulse(session: Session, session_id: str) -> JsonObject:
    """The newest numbers of the room: packs left per code, claimed, paid. `viewers` is the caller's."""
    claimed = _sum_of_held("held", "ordered", "paid")
    query = select(claimed, _sum_of_held("paid")).where(Claim.session_id == session_id)
    packs, paid = session.execute(query).one()
    return {
        "session": session_id,
        "left": {**left(session, session_id)},
        "viewers": 0,
        "claimed": int(packs),
        "paid": int(paid),
    }


def left(session: Session, session_id: str) -> dict[str, int]:
    """The packs nobody has yet, per code on the screen."""
    query = select(Pin.code, Pin.allotment_id, Pin.pack_size).where(
        Pin.session_id == session_id, Pin.on_screen
    )
    rows = session.execute(query.order_by(Pin.position)).all()
    units = stock.allotment_left(session, [row.allotment_id for row in rows])
    return {row.code: units[row.allotment_id] // row.pack_size for row in rows}


def host_view(session: Session, session_id: str, seller_ids: Sequence[str]) -> JsonObject:
    """The host's numbers: pins with packs left and waiting; money and paid orders of `seller_ids` only.

    Who works for the organiser sees every pin, anybody else those of `seller_ids` alone. Claimed (held,
    ordered or paid), ordered and paid stand apart, in packs and for own pins in đồng;
    `paid_orders` are the newest twenty, the newest first.
    """
    pins = list(session.scalars(_pins_seen(session_id, seller_ids)))
    own = [pin for pin in pins if pin.seller_id in seller_ids]
    packs = _by_pin(session, session_id, _packs())
    sums = _by_pin(session, session_id, _worth())
    waiting = _waiting(session, session_id)
    units = stock.allotment_left(session, [pin.allotment_id for pin in pins])
    shown: list[JsonObject] = [
        {
            "code": pin.code,
            "name": pin.name,
            "state": pin.state,
            "packs": pin.packs,
            "left": units[pin.allotment_id] // pin.pack_size,
            "waiting": waiting.get(pin.id, 0),
            **_stages(packs, [pin.id], ""),
            **(_stages(sums, [pin.id], "_vnd") if pin in own else {}),
        }
        for pin in pins
    ]
    totals = {
        **_stages(packs, [p.id for p in own], ""),
        **_stages(sums, [p.id for p in own], "_vnd"),
    }
    paid = _paid_orders(session, session_id, seller_ids)
    return {"session": session_id, "pins": [*shown], "totals": totals, "paid_orders": [*paid]}


def _rows_of_buyer(
    session: Session, session_id: str, person_id: str, device_id: str | None
) -> list[tuple[Claim, Pin]]:
    query = (
        select(Claim, Pin)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(Claim.session_id == session_id, Claim.person_id == person_id)
        .order_by(Claim.number)
        .execution_options(populate_existing=True)
    )
    if device_id is not None:
        query = query.where(Claim.device_id == device_id)
    return [(claim, pin) for claim, pin in session.execute(query)]


def _claim_of_buyer(claim: Claim, pin: Pin) -> JsonObject:
    now = standing(claim)
    expires = clock.iso(claim.expires_ms) if claim.held and claim.expires_ms else None
    return {
        "claim": claim.id,
        "number": claim.number,
        "code": pin.code,
        "name": pin.name,
        "seller": claim.seller_id,
        "held": now.held,
        "waiting": now.waiting,
        "status": now.status,
        "unit_price_vnd": claim.unit_price_vnd,
        "expires_at": expires,
        "order": claim.order_code,
        "at": clock.iso(claim.created_ms),
    }


def _baskets(session: Session, claims: Iterable[Claim]) -> list[JsonObject]:
    """What is held, per seller, then each order not paid yet."""
    now = clock.now_ms()
    held = [c for c in claims if c.state == "held" and (c.expires_ms or 0) > now]
    ordered = sorted({c.order_code for c in claims if c.state == "ordered" and c.order_code})
    facts = [orders.facts(session, code) for code in ordered]
    concerned = {c.seller_id for c in held} | {order.seller_id for order in facts}
    names = {key: seller.name for key, seller in sellers.facts_of(session, concerned).items()}
    baskets: list[JsonObject] = []
    by_seller = sorted(held, key=lambda claim: claim.seller_id)
    for seller_id, part in groupby(by_seller, key=lambda claim: claim.seller_id):
        baskets.append(_basket(seller_id, names[seller_id], list(part)))
    for order in facts:
        baskets.append(
            {
                "seller": order.seller_id,
                "seller_name": names[order.seller_id],
                "amount_vnd": order.amount_vnd,
                "order": order.code,
                "pay_by": clock.iso(order.pay_by_ms),
            }
        )
    return baskets


def _basket(seller_id: str, name: str, claims: list[Claim]) -> JsonObject:
    return {
        "seller": seller_id,
        "seller_name": name,
        "amount_vnd": sum(claim.held * claim.unit_price_vnd for claim in claims),
        "packs": sum(claim.held for claim in claims),
        "expires_at": clock.iso(min(claim.expires_ms or 0 for claim in claims)),
    }


_Stages = dict[tuple[str, str], int]
_STAGES = {"claimed": ("held", "ordered", "paid"), "ordered": ("ordered",), "paid": ("paid",)}


def _stages(sums: _Stages, pin_ids: list[str], ending: str) -> JsonObject:
    """The sums of some pins by stage: `claimed`, `ordered`, `paid`."""
    return {
        stage + ending: sum(sums.get((pin_id, state), 0) for pin_id in pin_ids for state in states)
        for stage, states in _STAGES.items()
    }


def _by_pin(session: Session, session_id: str, what: ColumnElement[int]) -> _Stages:
    query = (
        select(Claim.pin_id, Claim.state, func.coalesce(func.sum(what), 0))
        .where(Claim.session_id == session_id)
        .group_by(Claim.pin_id, Claim.state)
    )
    return {(pin_id, state): int(total) for pin_id, state, total in session.execute(query)}


def _waiting(session: Session, session_id: str) -> dict[str, int]:
    query = (
        select(Claim.pin_id, func.sum(Claim.waiting))
        .where(Claim.session_id == session_id)
        .group_by(Claim.pin_id)
    )
    return {pin_id: int(waiting) for pin_id, waiting in session.execute(query)}


def _paid_orders(session: Session, session_id: str, seller_ids: Sequence[str]) -> list[JsonObject]:
    newest = func.max(Claim.paid_ms)
    query = (
        select(
            Claim.order_code,
            func.min(Claim.name_masked),
            func.sum(Claim.held),
            func.sum(_worth()),
            newest,
        )
        .where(
            Claim.session_id == session_id,
            Claim.seller_id.in_(list(seller_ids)),
            Claim.state == "paid",
        )
        .group_by(Claim.order_code)
        .order_by(newest.desc(), Claim.order_code)
        .limit(_NEWEST_PAID)
    )
    paid = session.execute(query).all()
    items = _items_of(session, session_id, [row[0] for row in paid])
    return [
        {
            "order": code,
            "name_masked": name,
            "packs": int(packs),
            "items": [*items[code]],
            "goods_vnd": int(worth),
            "at": clock.iso(paid_ms or 0),
        }
        for code, name, packs, worth, paid_ms in paid
    ]


def _items_of(
    session: Session, session_id: str, order_codes: Sequence[str | None]
) -> dict[str | None, list[JsonObject]]:
    """What each of the orders has: `{code, qty}` per pin, in the pins' order."""
    query = (
        select(Claim.order_code, Pin.code, func.sum(Claim.held))
        .join(Pin, Pin.id == Claim.pin_id)
        .where(Claim.session_id == session_id, Claim.order_code.in_(order_codes))
        .group_by(Claim.order_code, Pin.code, Pin.position)
        .order_by(Pin.position)
    )
    items: dict[str | None, list[JsonObject]] = {code: [] for code in order_codes}
    for order_code, code, packs in session.execute(query):
        items[order_code].append({"code": code, "qty": int(packs)})
    return items


def _pins_seen(session_id: str, seller_ids: Sequence[str]) -> Select[Pin]:
    """The pins of a session that some sellers see: the organiser's people all, others their own."""
    organises = (
        select(LiveSession.id)
        .where(LiveSession.id == session_id, LiveSession.seller_id.in_(seller_ids))
        .exists()
    )
    query = select(Pin).where(Pin.session_id == session_id)
    seen = query.where(or_(Pin.seller_id.in_(seller_ids), organises)).order_by(Pin.position)
    return seen.execution_options(populate_existing=True)


def _packs() -> ColumnElement[int]:
    return Claim.held + 0


def _worth() -> ColumnElement[int]:
    return Claim.held * Claim.unit_price_vnd


def _sum_of_held(*states: str) -> ColumnElement[int]:
    held = func.sum(Claim.held).filter(Claim.state.in_(states))
    return func.coalesce(held, 0)
