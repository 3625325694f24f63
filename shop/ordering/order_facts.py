"""What an order is, read: facts without rows, and who may see them.

Unknown and not yours look the same (promise P11): every way in ends as `NotFound`.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.codes import is_order_code
from core.errors import NotFound
from core.identity.logins import Login
from payments.refunds import owed
from shop.models import Order
from shop.ordering import line_facts
from shop.ordering.line_facts import LineFacts
from shop.states import PLACED

_REFERENCE = "order:"


@dataclass(frozen=True)
class GiftFacts:
    """Who gets the goods instead of the buyer. Their `phone` (E.164) is for the seller's eyes alone."""

    name: str
    phone: str
    note: str
    hides_prices: bool


@dataclass(frozen=True)
class WayOfOrder:
    """The rows an order goes by, each None (or "") where there is none: way, slot, commune, parcel.

    With `freight_on_arrival` whoever receives pays the carrier, and the order asks for no fee.
    """

    way_id: str | None = None
    slot_id: str | None = None
    commune_code: str = ""
    shipment_id: str | None = None
    freight_on_arrival: bool = False


@dataclass(frozen=True)
class OrderTimes:
    """When an order came how far, in UTC ms; None: not yet. `ended_ms` is any end, good or not."""

    secured_ms: int | None = None
    packed_ms: int | None = None
    handed_over_ms: int | None = None
    delivered_ms: int | None = None
    ended_ms: int | None = None


@dataclass(frozen=True)
class OrderFacts:
    """An order as it stands; amounts in đồng, times in UTC ms, `phone` in E.164.

    `capability` opens this one order to whoever holds it: it goes into links to the buyer and nowhere else.
    `still_back_vnd` of its own payment are owed back and not proved by the bank.
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
    secured_by: str | None = None
    discount_vnd: int = 0
    deposit_vnd: int = 0
    channel: str = ""
    if_short: str = "refund"
    if_differs: str = "settle"
    way: WayOfOrder = WayOfOrder()
    times: OrderTimes = OrderTimes()
    still_back_vnd: int = 0

    @property
    def by_weight(self) -> bool:
        """Whether the scales say what something of it costs."""
        return any(line.by_weight for line in self.lines if line.packs)

    @property
    def unweighed(self) -> bool:
        """Whether something of it is weighed before any money is asked, and was not (`weights.awaits`)."""
        return any(line.unweighed for line in self.lines)

    @property
    def awaits_scales(self) -> bool:
        """Whether it asks for no money, because its seller has to weigh first."""
        return self.state == PLACED and self.unweighed

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
    lines = line_facts.of_orders(session, [row.code for row in rows])
    owing = [reference_of(row.code) for row in rows if row.refund_due or row.cut_refund_vnd]
    still = owed.still_vnd(session, owing) if owing else {}
    return [
        _order_facts(row, lines[row.code], still.get(reference_of(row.code), 0)) for row in rows
    ]


def _gift(row: Order) -> GiftFacts | None:
    if not row.recipient_phone:
        return None
    return GiftFacts(row.recipient_name, row.recipient_phone, row.gift_note, row.hides_prices)


def _order_facts(row: Order, lines: tuple[LineFacts, ...], still_back_vnd: int) -> OrderFacts:
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
        secured_by=row.secured_by,
        discount_vnd=row.discount_vnd,
        deposit_vnd=row.deposit_vnd,
        channel=row.channel,
        if_short=row.if_short,
        if_differs=row.if_differs,
        way=WayOfOrder(
            row.way_id, row.slot_id, row.commune_code, row.shipment_id, row.freight_on_arrival
        ),
        times=OrderTimes(
            row.secured_ms, row.packed_ms, row.handed_over_ms, row.delivered_ms, row.ended_ms
        ),
        still_back_vnd=still_back_vnd,
    )
