"""The fee of an order: fixed when it is secured, given back as its goods go back. Both are never changed.

Refuses to look at today's rules once it is fixed. Two refunds at one moment come one after the other: the
order's row is the lock, and what was given back is counted behind it.
"""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.ids import new_id
from core.money import split_vnd
from shop.fees import earned, ruling
from shop.fees.fee_rules import Goods, Part, Sold, channel_of, parts
from shop.fees.models import FeeEntry, OrderFee, OrderFeePart
from shop.fees.shares import left_vnd
from shop.models import Order, OrderLine
from shop.ordering import history

FEE, REVERSAL, AGAIN = "fee", "reversal", "again"


def freeze(session: Session, order: Order) -> None:
    """Fix what the platform takes of `order` (locked by the caller), as the rules of this moment say.

    Effect: rule, rate and sum stand on the order. Fixed before, or where no rule fits, nothing happens.
    """
    now = clock.now_ms()
    rules = ruling.in_force(session, now)
    if not rules or session.get(OrderFee, order.code) is not None:
        return
    channel = channel_of(order.source, order.channel)
    found = parts(rules, Sold(order.seller_id, channel, now), _goods(session, order))
    if found:
        _write(session, order, channel, found, now)


def follow(session: Session, code: str) -> None:
    """Bring the order's fee to the part whose goods its seller keeps money for: given back, or taken again.

    A refund that was dropped or came back brings its part of the fee again; more goods than were frozen cost
    no more. Done again, or without a fee, nothing happens.
    """
    fixed = session.get(OrderFee, code)
    if fixed is None or not fixed.fee_vnd:
        return
    order = history.locked(session, code)
    stays_vnd = left_vnd(fixed.fee_vnd, fixed.goods_vnd, earned.kept_vnd(session, order))
    entered, back_vnd = _entered(session, code)
    more_vnd = fixed.fee_vnd - stays_vnd - back_vnd
    if more_vnd:
        kind = REVERSAL if more_vnd > 0 else AGAIN
        _enter(session, fixed, (entered + 1, kind, abs(more_vnd)), clock.now_ms())


def _goods(session: Session, order: Order) -> list[Goods]:
    """The lines of `order` by kind, each less its share of what the seller took off."""
    query = select(OrderLine).where(OrderLine.order_code == order.code, OrderLine.amount_vnd > 0)
    lines = session.scalars(query.order_by(OrderLine.position)).all()
    known = listings.facts(session, [line.listing_id for line in lines])
    amounts = [line.amount_vnd for line in lines]
    off_vnd = earned.own_discount_vnd(session, order)
    off = split_vnd(min(off_vnd, sum(amounts)), amounts) if amounts else []
    return [
        Goods(known[line.listing_id].kind, line.amount_vnd - less)
        for line, less in zip(lines, off, strict=True)
    ]


def _write(
    session: Session, order: Order, channel: str, found: tuple[Part, ...], now_ms: int
) -> None:
    fixed = OrderFee(
        order_code=order.code,
        seller_id=order.seller_id,
        channel=channel,
        goods_vnd=order.goods_vnd - earned.own_discount_vnd(session, order),
        base_vnd=sum(part.base_vnd for part in found),
        fee_vnd=sum(part.fee_vnd for part in found),
        frozen_ms=now_ms,
    )
    session.add(fixed)
    session.flush()
    session.add_all(_part_row(order, part) for part in found)
    if fixed.fee_vnd:
        _enter(session, fixed, (1, FEE, fixed.fee_vnd), now_ms)


def _part_row(order: Order, part: Part) -> OrderFeePart:
    rate = part.rule.rate
    return OrderFeePart(
        order_code=order.code,
        rule_id=part.rule.id,
        seller_id=order.seller_id,
        basis_points=rate.basis_points,
        fixed_vnd=rate.fixed_vnd,
        least_vnd=rate.least_vnd,
        most_vnd=rate.most_vnd,
        base_vnd=part.base_vnd,
        fee_vnd=part.fee_vnd,
    )


def _enter(session: Session, fixed: OrderFee, entry: tuple[int, str, int], at_ms: int) -> None:
    number, kind, vnd = entry
    session.add(
        FeeEntry(
            id=new_id(),
            order_code=fixed.order_code,
            number=number,
            seller_id=fixed.seller_id,
            kind=kind,
            amount_vnd=vnd,
            at_ms=at_ms,
        )
    )
    session.flush()


def _entered(session: Session, code: str) -> tuple[int, int]:
    """How many entries the order has, and how many đồng of the fee are given back by them."""
    mine = FeeEntry.order_code == code
    count = session.scalar(select(func.count()).where(mine)) or 0
    signed = case((FeeEntry.kind == REVERSAL, FeeEntry.amount_vnd), else_=-FeeEntry.amount_vnd)
    back = select(func.sum(signed)).where(mine, FeeEntry.kind != FEE)
    return count, int(session.scalar(back) or 0)
