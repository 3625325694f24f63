"""What the scales say of lines priced by weight, and what follows: sums, goods kept, money.

The difference between estimate and scales is settled to the đồng by `balance`, like every other change of
an order; under 20.000 đ of a paid estimate goes by what the buyer chose beforehand. Goods the scales did
not need go back to the shelf. Refuses weights nobody can have meant, and lines of a fixed price.
Source: docs/adr/0032-priced-by-the-scales.md.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.modes import BY_WEIGHT, Mode, weight_limits
from catalog.pricing import line_amount_vnd, settlement, weighed_amount_vnd
from core import clock
from core.money import MAX_VND
from core.outbox import publish
from core.quantity import format_quantity
from payments import payments
from shop.errors import NotWeighed, WeighsTooLittle, WeighsTooMuch
from shop.events import OrderWeighed
from shop.models import Order, OrderLine, OrderLinePart
from shop.ordering import balance, history
from shop.ordering.order_facts import reference_of
from shop.ordering.pricing import LET_BE
from shop.ordering.totals import TooMuchForOneTransfer


def weigh(session: Session, order: Order, told: Mapping[str, int], actor: str) -> None:
    """Price the weighed lines of `order` (locked by the caller) by what the scales said.

    `told` are base units by line; a line weighed before and not told of keeps its weight, and what is told
    of lines of a fixed price is nothing here. Effect: each line costs its weight, what is lighter than
    was kept goes back to the shelf, the money follows (`balance.settle_up`), `OrderWeighed` is told. Where
    nothing is priced by weight, or no weight is new, nothing happens.

    Raises:
        NotWeighed: a line was on no scales yet. WeighsTooLittle, WeighsTooMuch: see `weight_limits`.
        TooMuchForOneTransfer: the sum is more than one transfer carries.
    """
    lines = _by_weight(session, order.code)
    weighed = {line.id: told.get(line.id) or line.weighed for line in lines}
    for line in lines:
        _require_sane(line, weighed[line.id])
    new = [line for line in lines if line.weighed != weighed[line.id]]
    if not new:
        return
    amounts = _amounts(session, order, lines, weighed)
    more_vnd = sum(amounts[line.id] - line.amount_vnd for line in lines)
    _set(order, lines, weighed, amounts)
    if order.goods_vnd + order.fee_vnd > MAX_VND:
        raise TooMuchForOneTransfer()
    stock.cap_holder(session, reference_of(order.code), _most(session, new, weighed))
    balance.settle_up(session, order)
    history.record(session, order, actor, f"weighed: {_words(new)}, {more_vnd:+d} đ")
    at_ms = clock.now_ms()
    publish(session, OrderWeighed(order.code, order.source, order.seller_id, more_vnd, at_ms))


def require_weighed(session: Session, code: str) -> None:
    """Go on only with an order of which everything priced by weight was weighed; raises NotWeighed."""
    for line in _by_weight(session, code):
        if not line.weighed:
            raise NotWeighed(line.name)


def awaits(session: Session, code: str) -> bool:
    """Whether something of the order is weighed before any money is asked, and was not yet."""
    query = select(OrderLine.id).where(
        OrderLine.order_code == code,
        OrderLine.mode == Mode.WEIGH_THEN_PAY,
        OrderLine.packs > 0,
        OrderLine.weighed == 0,
    )
    return session.scalars(query.limit(1)).first() is not None


def forget(order: Order, line: OrderLine) -> None:
    """Have `line` cost what its packs are estimated at again; `order` (locked) with it, not its payment."""
    if not line.weighed:
        return
    line.weighed = 0
    less_vnd = line.amount_vnd - line_amount_vnd(line.unit_price_vnd, line.packs)
    line.amount_vnd -= less_vnd
    order.goods_vnd -= less_vnd
    order.amount_vnd -= less_vnd


def is_by_weight(line: OrderLine) -> bool:
    """Whether the scales say what `line` costs."""
    return Mode(line.mode) in BY_WEIGHT


def _by_weight(session: Session, code: str) -> Sequence[OrderLine]:
    query = select(OrderLine).where(OrderLine.order_code == code, OrderLine.packs > 0)
    rows = session.scalars(query.order_by(OrderLine.position))
    return [line for line in rows if is_by_weight(line)]


def _require_sane(line: OrderLine, weighed: int) -> None:
    if not weighed:
        raise NotWeighed(line.name)
    limits = weight_limits(line.packs, line.pack_size)
    ordered = format_quantity(line.packs * line.pack_size, line.base_unit)
    if weighed < limits.least:
        raise WeighsTooLittle(line.name, ordered, format_quantity(limits.least, line.base_unit))
    if weighed > limits.most:
        raise WeighsTooMuch(line.name, ordered, format_quantity(limits.most, line.base_unit))


def _amounts(
    session: Session, order: Order, lines: Sequence[OrderLine], weighed: Mapping[str, int]
) -> dict[str, int]:
    """What each line costs now, in đồng; estimates stay where the buyer lets a small difference be."""
    true = {
        line.id: weighed_amount_vnd(line.unit_price_vnd, line.pack_size, weighed[line.id])
        for line in lines
    }
    if order.if_differs != LET_BE or not _is_paid(session, order.code):
        return true
    guessed = {
        line.id: line_amount_vnd(line.unit_price_vnd, line.packs)
        for line in lines
        if line.mode == Mode.ESTIMATE_THEN_SETTLE
    }
    off = settlement(sum(guessed.values()), sum(true[id_] for id_ in guessed))
    return true | guessed if off.small else true


def _is_paid(session: Session, code: str) -> bool:
    return payments.facts(session, reference_of(code)).settled_ms is not None


def _set(
    order: Order,
    lines: Sequence[OrderLine],
    weighed: Mapping[str, int],
    amounts: Mapping[str, int],
) -> None:
    more_vnd = 0
    for line in lines:
        more_vnd += amounts[line.id] - line.amount_vnd
        line.weighed, line.amount_vnd = weighed[line.id], amounts[line.id]
    order.goods_vnd += more_vnd
    order.amount_vnd += more_vnd


def _most(
    session: Session, lines: Sequence[OrderLine], weighed: Mapping[str, int]
) -> dict[str, int]:
    """What each line's hold needs at most. A line priced by weight is one thing: it is no combo."""
    query = select(OrderLinePart.hold_id, OrderLinePart.line_id)
    rows = session.execute(query.where(OrderLinePart.line_id.in_(list(weighed))))
    new = {line.id for line in lines}
    return {hold_id: weighed[line_id] for hold_id, line_id in rows if line_id in new}


def _words(lines: Sequence[OrderLine]) -> str:
    told = (f"{line.name} {format_quantity(line.weighed, line.base_unit)}" for line in lines)
    return ", ".join(told)
