"""What an order is, read: facts without rows, and who may see them.

Unknown and not yours look the same (promise P11): every way in ends as `NotFound`.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from catalog.units import pack_label
from core.codes import is_order_code
from core.errors import NotFound
from core.identity.logins import Login
from shop.models import Order, OrderCut, OrderLine, OrderLinePart

_REFERENCE = "order:"


@dataclass(frozen=True)
class PartFacts:
    """What a combo's line is made of: packs in the whole line; `unit` such as `gói 200 g`."""

    name: str
    unit: str
    packs: int


@dataclass(frozen=True)
class LineFacts:
    """A frozen line: packs of a listing at a price in đồng per pack; `unit` such as `gói 200 g`.

    A combo has `parts`. A short harvest took `cut_packs` for `cut_vnd` from it: they are in neither
    `packs` nor `amount_vnd`, unless the whole order ended for it.
    """

    id: str
    listing_id: str
    name: str
    unit: str
    packs: int
    unit_price_vnd: int
    amount_vnd: int
    parts: tuple[PartFacts, ...] = ()
    cut_packs: int = 0
    cut_vnd: int = 0


@dataclass(frozen=True)
class GiftFacts:
    """Who gets the goods instead of the buyer. Their `phone` (E.164) is for the seller's eyes alone."""

    name: str
    phone: str
    note: str
    hides_prices: bool


@dataclass(frozen=True)
class OrderFacts:
    """An order as it stands; amounts in đồng, times in UTC ms, `phone` in E.164.

    `capability` opens this one order to whoever holds it: it goes into links to the buyer and nowhere else.
    """

    code: str
    seller_id: str
    person_id: str
    device_id: str | None
    source: str
    capability: str
    state: str
    refund_due: bool
    name: str
    phone: str
    way_kind: str
    way_label: str
    address: str
    goods_vnd: int
    fee_vnd: int
    amount_vnd: int
    placed_ms: int
    pay_by_ms: int
    extended: bool
    lines: tuple[LineFacts, ...]
    gift: GiftFacts | None = None
    cut_refund_vnd: int = 0

    @property
    def cut_vnd(self) -> int:
        """By how much a short harvest made it smaller, in đồng."""
        return sum(line.cut_vnd for line in self.lines)

    def visible_to(self, login: Login | None, capability: str) -> bool:
        """Whether this caller may see the order: its buyer on their device, or the link's holder."""
        return self.belongs_to(login) or hmac.compare_digest(
            capability.encode(), self.capability.encode()
        )

    def belongs_to(self, login: Login | None) -> bool:
        """Whether `login` is the buyer: their proved device, or the device that placed the order."""
        return login is not None and login.owns(self.person_id, self.device_id)


def reference_of(code: str) -> str:
    """What stock and payments know the order by: `order:CPX7K3M9Q2`."""
    return _REFERENCE + code


def code_in(reference: str) -> str | None:
    """The order code in a reference, or None when it is not an order's."""
    return reference.removeprefix(_REFERENCE) if reference.startswith(_REFERENCE) else None


def facts(session: Session, code: str) -> OrderFacts:
    """The order `code`.

    Raises:
        NotFound: there is none.
    """
    row = session.get(Order, code) if is_order_code(code) else None
    if row is None:
        raise NotFound()
    return facts_of_rows(session, [row])[0]


def of_holders(session: Session, seller_id: str, holders: Iterable[str]) -> tuple[OrderFacts, ...]:
    """The seller's orders among `holders` (references of any kind), the newest first."""
    codes = {code for holder in holders if (code := code_in(holder)) is not None}
    query = select(Order).where(Order.code.in_(codes), Order.seller_id == seller_id)
    rows = session.scalars(query.order_by(Order.placed_ms.desc(), Order.code)).all()
    return tuple(facts_of_rows(session, rows))


def seen_by(session: Session, code: str, login: Login | None, capability: str) -> OrderFacts:
    """The order `code`, if this caller may see it.

    Raises:
        NotFound: there is none, or it is somebody else's; the code alone opens nothing.
    """
    order = facts(session, code)
    if not order.visible_to(login, capability):
        raise NotFound()
    return order


def facts_of_rows(session: Session, rows: Sequence[Order]) -> list[OrderFacts]:
    """The facts of `rows` in their order, with lines, parts and cuts read in one query each."""
    lines: dict[str, list[LineFacts]] = {row.code: [] for row in rows}
    in_orders = OrderLine.order_code.in_(lines)
    parts, cuts = _parts(session, in_orders), _cuts(session, list(lines))
    for line in session.scalars(select(OrderLine).where(in_orders).order_by(OrderLine.position)):
        own = _line_facts(line, parts.get(line.id, ()), cuts.get(line.id, (0, 0)))
        lines[line.order_code].append(own)
    return [_order_facts(row, tuple(lines[row.code])) for row in rows]


def _parts(session: Session, which: ColumnElement[bool]) -> dict[str, tuple[PartFacts, ...]]:
    """What the lines that are combos are made of: their parts are other listings than they."""
    query = (
        select(OrderLinePart)
        .join(OrderLine, OrderLine.id == OrderLinePart.line_id)
        .where(which, OrderLinePart.listing_id != OrderLine.listing_id)
        .order_by(OrderLinePart.line_id, OrderLinePart.position)
    )
    found: dict[str, tuple[PartFacts, ...]] = {}
    for part in session.scalars(query):
        unit = pack_label(part.unit_word, part.pack_size, part.base_unit)
        own = PartFacts(part.name, unit, part.packs)
        found[part.line_id] = (*found.get(part.line_id, ()), own)
    return found


def _cuts(session: Session, codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Packs and đồng a short harvest took, by line."""
    packs, amount = func.sum(OrderCut.packs), func.sum(OrderCut.amount_vnd)
    query = select(OrderCut.line_id, packs, amount).where(OrderCut.order_code.in_(codes))
    rows = session.execute(query.group_by(OrderCut.line_id))
    return {line_id: (int(cut), int(vnd)) for line_id, cut, vnd in rows}


def _line_facts(line: OrderLine, parts: tuple[PartFacts, ...], cut: tuple[int, int]) -> LineFacts:
    return LineFacts(
        id=line.id,
        listing_id=line.listing_id,
        name=line.name,
        unit=pack_label(line.unit_word, line.pack_size, line.base_unit),
        packs=line.packs,
        unit_price_vnd=line.unit_price_vnd,
        amount_vnd=line.amount_vnd,
        parts=parts,
        cut_packs=cut[0],
        cut_vnd=cut[1],
    )


def _gift(row: Order) -> GiftFacts | None:
    if not row.recipient_phone:
        return None
    return GiftFacts(row.recipient_name, row.recipient_phone, row.gift_note, row.hides_prices)


def _order_facts(row: Order, lines: tuple[LineFacts, ...]) -> OrderFacts:
    return OrderFacts(
        code=row.code,
        seller_id=row.seller_id,
        person_id=row.person_id,
        device_id=row.device_id,
        source=row.source,
        capability=row.capability,
        state=row.state,
        refund_due=row.refund_due,
        name=row.name,
        phone=row.phone,
        way_kind=row.way_kind,
        way_label=row.way_label,
        address=row.address,
        goods_vnd=row.goods_vnd,
        fee_vnd=row.fee_vnd,
        amount_vnd=row.amount_vnd,
        placed_ms=row.placed_ms,
        pay_by_ms=row.pay_by_ms,
        extended=row.extended_ms is not None,
        lines=lines,
        gift=_gift(row),
        cut_refund_vnd=row.cut_refund_vnd,
    )
