"""How an order comes to be: frozen lines, stock held under it, a payment opened for it, in one write.

Stock may say no (`OutOfStock`), then money (`NoReceivingAccount`); either undoes all of it.
"""

import secrets
from collections.abc import Mapping

from sqlalchemy.orm import Session

from catalog.cards import unit_of
from core import clock
from core.codes import new_order_code
from core.db import insert_new
from core.ids import new_id
from core.outbox import publish
from core.text import mask_phone
from payments import payments
from shop.delivery import slots, ways
from shop.delivery.quote import Quote
from shop.events import OrderPlaced
from shop.models import Order, OrderLine, OrderLinePart
from shop.ordering import history, holding
from shop.ordering.holding import Place
from shop.ordering.order_facts import reference_of
from shop.ordering.pricing import Gift, PlaceOrder, PricedLine, PricedOrder, price
from shop.ordering.takes import Take
from shop.reliability import standing
from shop.states import PLACED
from shop.vouchers import spending
from shop.vouchers.spending import Discount, Wish

_CAPABILITY_BYTES = 32
_LABEL_LENGTH = 120


def place(session: Session, wanted: PlaceOrder) -> str:
    """Place an order and return its code: holds have it as holder, a payment waits for its sum.

    The time to pay is the later of `hold_until_ms` and 15 minutes from now (24 hours, if something is
    weighed before it is paid: see `weighing_first`); stock is kept till then.
    A deposit is asked where the seller asks one of this buyer (`shop.reliability`).
    Packs out of an allotment must have been taken from it before; now they are held in it for the order.

    Raises:
        EmptyOrder: no lines.
        NotFound: a listing is not this seller's.
        NoService: no such way, or it does not carry this parcel to that place.
        CommuneNeeded: its fee depends on the commune, and none was given.
        SlotNeeded, SlotFull: the way goes by slots; none was chosen, or that one takes no more orders.
        AddressNeeded: the way goes to the door, and no address was given.
        GiftNeedsDoor: it is a gift, and the way goes to no door.
        OutOfStock: with `left` in packs of `listing`; nothing is held.
        TooMuchForOneTransfer, NoReceivingAccount: the sum cannot be paid by QR.
        VoucherRefused: there is a voucher, and it cannot be had; its subclasses say why.
    """
    priced = price(session, wanted)
    discount = _discount(session, priced)
    code = _insert_order(session, priced, discount)
    holds = holding.hold(session, reference_of(code), priced.lines, priced.pay_by_ms)
    if priced.slot is not None:
        slots.take(session, priced.slot.id, priced.slot.way_id)
    _add_lines(session, code, priced, holds)
    payments.open(session, _payment_for(code, priced, discount))
    order = history.locked(session, code)
    if discount is not None:
        spending.note(session, discount, order)
    history.record(session, order, wanted.staff_actor or f"p:{wanted.buyer.person_id}")
    publish(session, OrderPlaced(code=code, source=wanted.source, seller_id=wanted.seller_id))
    return code


def _discount(session: Session, priced: PricedOrder) -> Discount | None:
    """What the voucher that was typed takes off; None where there is none."""
    wanted = priced.wanted
    if not wanted.voucher.strip():
        return None
    goods_vnd, buyer = priced.sums.goods_vnd, wanted.buyer.person_id
    return spending.take(session, Wish(wanted.voucher, wanted.seller_id, buyer, goods_vnd))


def _insert_order(session: Session, priced: PricedOrder, discount: Discount | None) -> str:
    off_vnd = discount.amount_vnd if discount else 0
    values = _order_values(priced)
    sum_vnd = priced.sums.amount_vnd - off_vnd
    wanted = priced.wanted
    first_vnd = standing.deposit_of(session, wanted.seller_id, wanted.buyer.person_id, sum_vnd)
    values |= {"discount_vnd": off_vnd, "amount_vnd": sum_vnd, "deposit_vnd": first_vnd}
    while True:
        code = new_order_code(secrets.randbelow)
        if insert_new(session, Order, {**values, "code": code}):
            return code


def _order_values(priced: PricedOrder) -> dict[str, object]:
    wanted, buyer = priced.wanted, priced.wanted.buyer
    return {
        "seller_id": wanted.seller_id,
        "person_id": buyer.person_id,
        "device_id": buyer.device_id,
        "source": wanted.source,
        "channel": wanted.channel,
        "staff_actor": wanted.staff_actor,
        "capability": secrets.token_urlsafe(_CAPABILITY_BYTES),
        "state": PLACED,
        "refund_due": False,
        "name": buyer.name,
        "phone": buyer.phone,
        **way_values(priced),
        "goods_vnd": priced.sums.goods_vnd,
        "fee_vnd": priced.sums.fee_vnd,
        "placed_ms": clock.now_ms(),
        "pay_by_ms": priced.pay_by_ms,
        "if_differs": wanted.if_differs,
    }


def way_values(priced: PricedOrder) -> dict[str, object]:
    """What an order keeps of how, where and to whom it goes, by its columns."""
    choice = priced.wanted.delivery
    return {
        "way_kind": priced.way.kind,
        "way_label": _where_and_when(priced),
        "way_id": priced.way.way_id,
        "freight_on_arrival": priced.way.on_arrival,
        "slot_id": priced.slot.id if priced.slot else None,
        "address": choice.address if priced.way.kind in ways.TO_THE_DOOR else "",
        "commune_code": choice.commune if priced.way.kind in ways.TAKES_GOODS else "",
        **_gift_values(choice.gift),
    }


def fee_label(way: Quote) -> str:
    """How a receipt names delivery by `way`."""
    return f"{_ON_RECEIPTS[way.kind]}: {way.label}"


def _gift_values(gift: Gift | None) -> dict[str, object]:
    if gift is None:
        return {}
    return {
        "recipient_name": gift.name,
        "recipient_phone": gift.phone,
        "gift_note": gift.note,
        "hides_prices": gift.hides_prices,
    }


def _where_and_when(priced: PricedOrder) -> str:
    """The way in words, frozen; the slot is told in full, a long place is cut."""
    when = priced.slot.words if priced.slot else priced.way.when_text
    if not when:
        return priced.way.label[:_LABEL_LENGTH]
    return f"{priced.way.label[: max(0, _LABEL_LENGTH - 3 - len(when))]} · {when}"[:_LABEL_LENGTH]


def _add_lines(
    session: Session, code: str, priced: PricedOrder, holds: Mapping[Place, str]
) -> None:
    for position, line in enumerate(priced.lines):
        add_line(session, line_row(code, position, line), line, holds)


def add_line(
    session: Session, row: OrderLine, line: PricedLine, holds: Mapping[Place, str]
) -> None:
    """Add `row` with the parts `line` takes, each served by its hold (by the row's place and the part's)."""
    session.add(row)
    session.flush()  # its parts name it
    for number, take in enumerate(line.takes):
        session.add(_part_row(row, number, take, holds[row.position, number]))


def _part_row(line: OrderLine, position: int, take: Take, hold_id: str) -> OrderLinePart:
    return OrderLinePart(
        line_id=line.id,
        position=position,
        seller_id=line.seller_id,
        listing_id=take.listing_id,
        hold_id=hold_id,
        name=take.name,
        unit_word=take.unit_word,
        base_unit=take.base_unit,
        pack_size=take.pack_size,
        packs=take.packs,
    )


def line_row(code: str, position: int, line: PricedLine) -> OrderLine:
    """The frozen line of order `code` that `line` becomes."""
    return OrderLine(
        id=new_id(),
        order_code=code,
        seller_id=line.listing.seller_id,
        listing_id=line.listing.id,
        name=line.listing.name,
        unit_word=line.listing.unit_word,
        base_unit=line.listing.base_unit,
        pack_size=line.listing.pack_size,
        packs=line.wanted.packs,
        unit_price_vnd=line.wanted.unit_price_vnd,
        amount_vnd=line.amount_vnd,
        mode=line.listing.mode,
        position=position,
    )


_ON_RECEIPTS = {
    ways.PICKUP: "Tự đến lấy",
    ways.OWN_RUN: "Giao tận nơi",
    ways.COACH: "Gửi xe khách",
    ways.CARRIER: "Gửi chuyển phát",
}
"""How a receipt names a way of delivery; it is frozen there, in Vietnamese like the rest of the slip."""
_DISCOUNT = "Mã giảm giá"


def _payment_for(code: str, priced: PricedOrder, discount: Discount | None) -> payments.OpenPayment:
    off_vnd = discount.amount_vnd if discount else 0
    return payments.OpenPayment(
        seller_id=priced.wanted.seller_id,
        reference=reference_of(code),
        code=code,
        amount_vnd=priced.sums.amount_vnd - off_vnd,
        frozen=payments.Frozen(
            lines=tuple(_frozen_line(line) for line in priced.lines),
            fee_vnd=priced.way.fee_vnd,
            fee_label=fee_label(priced.way),
            buyer_name=priced.wanted.buyer.name,
            buyer_phone_masked=mask_phone(priced.wanted.buyer.phone),
            discount_vnd=off_vnd,
            discount_label=f"{_DISCOUNT}: {discount.code}" if discount else "",
        ),
    )


def _frozen_line(line: PricedLine) -> payments.FrozenLine:
    return payments.FrozenLine(
        name=line.listing.name,
        unit_word=unit_of(line.listing),
        packs=line.wanted.packs,
        unit_price_vnd=line.wanted.unit_price_vnd,
        amount_vnd=line.amount_vnd,
    )
