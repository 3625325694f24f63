"""One order as the members' book sees it: what each part is worth, from which lots, what money stayed.

Refuses to decide whose anything is (`shares`), and sums of its own (the money is `payments`' to say).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, stock, trace
from catalog.lots import sources
from catalog.lots.sources import Source
from catalog.stock import Bound
from core.splitting import largest_remainder
from payments.came_in import Money
from shop.figures import sold
from shop.members_book import shares
from shop.members_book.shares import OWN, Owner, Served, SoldLine, Takings
from shop.members_book.terms import SHARE_OF_SALE, Terms
from shop.models import Order, OrderLine, OrderLinePart
from shop.ordering.order_facts import reference_of
from shop.states import CANCELLED, EXPIRED, REFUSED, RETURNED
from shop.vouchers.models import PROVINCE, Voucher, VoucherUse

_ENDED = (CANCELLED, EXPIRED, REFUSED, RETURNED)


@dataclass(frozen=True)
class Part:
    """One thing of a line: worth so many đồng, and the lots what stayed sold of it came from."""

    line_id: str
    position: int
    name: str
    base_unit: str
    line: SoldLine
    stayed: tuple[Served, ...]


@dataclass(frozen=True)
class Sale:
    """An order's parts, with what of each is earned now and what it comes to once its money is there."""

    parts: tuple[Part, ...]
    earned_vnd: tuple[int, ...]
    whole_vnd: tuple[int, ...]
    gone: bool


@dataclass(frozen=True)
class _Goods:
    """What serves an order: by hold the lots it is bound to, what of it came back, whose the lots are."""

    bound: Mapping[str, list[Bound]]
    back: Mapping[tuple[str, str], int]
    owners: Mapping[str, tuple[Owner, ...]]


def of_order(session: Session, order: Order, rules: Terms) -> Sale:
    """The order as it stands; its parts have no lots before it was packed."""
    goods = _goods(session, order, rules)
    parts = _parts(session, order.code, goods)
    lines = [part.line for part in parts]
    came = sold.money_of(session, [order.code])[order.code]
    takings, all_of_it = _takings(session, order, came)
    gone = order.handed_over_ms is not None
    earned = shares.shareable(lines, takings) if gone else [0] * len(lines)
    waits = order.state not in _ENDED and not order.refund_due
    whole = shares.shareable(lines, all_of_it) if waits else earned
    return Sale(tuple(parts), tuple(earned), tuple(whole), gone)


def _takings(session: Session, order: Order, came: Money) -> tuple[Takings, Takings]:
    """The money that stays for the order now, and what will have come for it in the end."""
    given_vnd = _given_by_province(session, order.code)
    own_vnd = max(0, order.discount_vnd - given_vnd)
    now = Takings(came.came_vnd - came.back_vnd + given_vnd, order.fee_vnd, own_vnd)
    later_vnd = order.amount_vnd - (came.back_vnd - order.cut_refund_vnd) + given_vnd
    return now, Takings(max(now.money_vnd, later_vnd), order.fee_vnd, own_vnd)


def _given_by_province(session: Session, code: str) -> int:
    """What the province pays of the order: to its seller, so to the members."""
    query = (
        select(VoucherUse.amount_vnd)
        .join(Voucher, Voucher.id == VoucherUse.voucher_id)
        .where(VoucherUse.order_code == code, VoucherUse.returned_ms.is_(None))
        .where(Voucher.owner == PROVINCE)
    )
    return sum(session.scalars(query))


def _goods(session: Session, order: Order, rules: Terms) -> _Goods:
    holder = reference_of(order.code)
    bound: defaultdict[str, list[Bound]] = defaultdict(list)
    shipped: defaultdict[str, list[Bound]] = defaultdict(list)
    for one in stock.bound_to(session, holder):
        bound[one.hold_id].append(one)
        if one.state == "shipped":
            shipped[one.lot_id].append(one)
    back: dict[tuple[str, str], int] = {}
    for lot_id, some in shipped.items():
        sizes = [one.quantity for one in some]
        missing = sum(sizes) - trace.handed_over(session, lot_id, holder)
        for one, much in zip(some, largest_remainder(max(0, missing), sizes), strict=True):
            back[one.hold_id, lot_id] = min(much, one.quantity)
    lot_ids = {one.lot_id for some in bound.values() for one in some}
    found = sources.of_lots(session, lot_ids) if lot_ids else {}
    owners = {
        id_: tuple(_owner(source, rules) for source in of_lot) for id_, of_lot in found.items()
    }
    return _Goods(bound, back, owners)


def _owner(source: Source, rules: Terms) -> Owner:
    """Who is owed for a source: its member, unless it was bought at intake or came in before the book."""
    shared = source.member_id and rules.mode_at(source.taken_ms) == SHARE_OF_SALE
    price = rules.price_at(source.product_id, source.grade, source.taken_ms)
    return Owner(source.member_id if shared else OWN, source.units, price)


def _parts(session: Session, code: str, goods: _Goods) -> list[Part]:
    lines = select(OrderLine).where(OrderLine.order_code == code, OrderLine.packs > 0)
    by_id = {line.id: line for line in session.scalars(lines.order_by(OrderLine.position))}
    rows: defaultdict[str, list[OrderLinePart]] = defaultdict(list)
    query = select(OrderLinePart).where(OrderLinePart.line_id.in_(by_id))
    for row in session.scalars(query.order_by(OrderLinePart.line_id, OrderLinePart.position)):
        rows[row.line_id].append(row)
    worth = _worth(session, by_id, rows)
    return [
        _part(row, line.name, worth[row.hold_id], goods)
        for line in by_id.values()
        for row in rows[line.id]
    ]


def _worth(
    session: Session, lines: Mapping[str, OrderLine], rows: Mapping[str, Sequence[OrderLinePart]]
) -> dict[str, int]:
    """What each hold's part of its line is worth: a combo divides by what its things cost in the shop."""
    combos = [row.listing_id for some in rows.values() if len(some) > 1 for row in some]
    prices = listings.facts(session, combos) if combos else {}
    found: Counter[str] = Counter()
    for line_id, some in rows.items():
        costs = [
            row.packs * prices[row.listing_id].price_vnd if row.listing_id in prices else 1
            for row in some
        ]
        weights = costs if any(costs) else [1] * len(some)
        parts = largest_remainder(lines[line_id].amount_vnd, weights)
        found.update({row.hold_id: vnd for row, vnd in zip(some, parts, strict=True)})
    return found


def _part(row: OrderLinePart, name: str, worth_vnd: int, goods: _Goods) -> Part:
    served, back = [], 0
    bound = goods.bound.get(row.hold_id, [])
    for one in bound:
        gone = goods.back.get((one.hold_id, one.lot_id), 0)
        back += gone
        served.append(Served(one.quantity - gone, goods.owners[one.lot_id]))
    much = sum(one.quantity for one in bound)
    line = SoldLine(worth_vnd, much, back)
    return Part(row.line_id, row.position, name, row.base_unit, line, tuple(served))
