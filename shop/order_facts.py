"""What an order is, read: facts without rows, and who may see them.

Unknown and not yours look the same (promise P11): every way in ends as `NotFound`.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.units import pack_label
from core.codes import is_order_code
from core.errors import NotFound
from core.identity.logins import Login
from shop.models import Order, OrderLine

_REFERENCE = "order:"


@dataclass(frozen=True)
class LineFacts:
    """A frozen line: packs of a listing at a price in đồng per pack; `unit` such as `gói 200 g`."""

    listing_id: str
    name: str
    unit: str
    packs: int
    unit_price_vnd: int
    amount_vnd: int


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
    """The facts of `rows` in their order, with all lines read in one query."""
    lines: dict[str, list[LineFacts]] = {row.code: [] for row in rows}
    query = select(OrderLine).where(OrderLine.order_code.in_(lines)).order_by(OrderLine.position)
    for line in session.scalars(query):
        lines[line.order_code].append(_line_facts(line))
    return [_order_facts(row, tuple(lines[row.code])) for row in rows]


def _line_facts(line: OrderLine) -> LineFacts:
    return LineFacts(
        listing_id=line.listing_id,
        name=line.name,
        unit=pack_label(line.unit_word, line.pack_size, line.base_unit),
        packs=line.packs,
        unit_price_vnd=line.unit_price_vnd,
        amount_vnd=line.amount_vnd,
    )


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
    )
