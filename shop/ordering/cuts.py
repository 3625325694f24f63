"""A harvest sold ahead was short: an order becomes smaller by what it did not get, and says by how much.

Not yet paid, it asks for the smaller sum; paid, the difference goes back to the buyer and the receipt
stands. The fee of delivery and the price per pack stay as they were: nobody pays for weather. An order
of which nothing is left ends. Who gets how much was decided by `catalog.forecasts`, by the rule the
buyer had read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import forecasts
from catalog.pricing import line_amount_vnd
from core import clock
from payments import payments
from shop.models import Order, OrderCut, OrderLine, OrderLinePart
from shop.ordering import balance, ending, history
from shop.ordering.order_facts import reference_of
from shop.states import PLACED, SECURED


@dataclass(frozen=True)
class _Loss:
    """A line and its part that get `packs` fewer, worth `amount_vnd`."""

    line: OrderLine
    part: OrderLinePart
    packs: int
    amount_vnd: int


def apply(session: Session, code: str, forecast_id: str) -> None:
    """Make order `code` smaller by what harvest `forecast_id` cut; doing it again does nothing more.

    Effect: its lines have the packs they get, each loss is listed in packs and đồng; an unpaid payment
    asks for less, of a paid one the difference is due back; with nothing left the order is cancelled.

    Raises:
        NotFound: there is no such order.
    """
    order = history.locked(session, code)
    done = select(OrderCut.line_id).where(
        OrderCut.order_code == code, OrderCut.forecast_id == forecast_id
    )
    if session.scalars(done).first() is not None:
        return
    lines = _lines(session, code)
    losses = _losses(session, order, forecast_id, lines)
    if not losses:
        return
    paid = payments.facts(session, reference_of(code)).settled_ms is not None
    for loss in losses:
        session.add(_row(order, forecast_id, loss, refunded=paid))
    if sum(loss.packs for loss in losses) == sum(line.packs for line, _ in lines):
        _end(session, order)
    else:
        _shrink(session, order, losses)
        balance.settle_up(session, order)


def _lines(session: Session, code: str) -> list[tuple[OrderLine, OrderLinePart]]:
    """The lines with their first part; what sells ahead has no other."""
    query = (
        select(OrderLine, OrderLinePart)
        .join(OrderLinePart, OrderLinePart.line_id == OrderLine.id)
        .where(OrderLine.order_code == code, OrderLinePart.position == 0)
        .order_by(OrderLine.position)
    )
    return [(row.OrderLine, row.OrderLinePart) for row in session.execute(query)]


def _losses(
    session: Session,
    order: Order,
    forecast_id: str,
    lines: Sequence[tuple[OrderLine, OrderLinePart]],
) -> list[_Loss]:
    cuts = forecasts.cuts_of(session, forecast_id, reference_of(order.code))
    lost = {cut.hold_id: cut.wanted - cut.given for cut in cuts}
    found = []
    for line, part in lines:
        packs = lost.get(part.hold_id, 0) // part.pack_size
        if packs:
            amount_vnd = line_amount_vnd(line.unit_price_vnd, packs)
            found.append(_Loss(line, part, packs, amount_vnd))
    return found


def _row(order: Order, forecast_id: str, loss: _Loss, *, refunded: bool) -> OrderCut:
    return OrderCut(
        line_id=loss.line.id,
        forecast_id=forecast_id,
        order_code=order.code,
        seller_id=order.seller_id,
        packs=loss.packs,
        amount_vnd=loss.amount_vnd,
        refunded=refunded,
        at_ms=clock.now_ms(),
    )


def _end(session: Session, order: Order) -> None:
    """Nothing is left of the order: it is cancelled, unless it had ended already."""
    if order.state in (PLACED, SECURED):
        ending.drop(session, order, history.HARVEST, "the harvest did not come")


def _shrink(session: Session, order: Order, losses: Sequence[_Loss]) -> None:
    for loss in losses:
        loss.line.packs -= loss.packs
        loss.line.amount_vnd -= loss.amount_vnd
        loss.part.packs -= loss.packs
    lost_vnd = sum(loss.amount_vnd for loss in losses)
    order.goods_vnd -= lost_vnd
    packs = sum(loss.packs for loss in losses)
    history.record(session, order, history.HARVEST, f"short harvest: -{packs} packs, -{lost_vnd} đ")
