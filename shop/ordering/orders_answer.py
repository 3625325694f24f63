"""An order as the public API answers it: what stands in it, and its shape for OpenAPI.

A door, because web and live orders are answered alike. Refuses to decide anything: sums are the order's
and the payment's own.
"""

from dataclasses import asdict

from marshmallow import fields
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.http.fields import Body
from shop import links
from shop.buying import asked_now
from shop.buying.pay_states import ASKING
from shop.ordering import order_facts
from shop.ordering.line_facts import LineFacts


class OrderPartAnswer(Body):
    """A part of a combo: packs in the whole line."""

    name = fields.String(required=True)
    unit = fields.String(required=True)
    packs = fields.Integer(required=True)


class LossAnswer(Body):
    """Packs the seller took out of a line (`short`, `cancelled`, `replaced`), their đồng, and why."""

    kind = fields.String(required=True)
    packs = fields.Integer(required=True)
    amount_vnd = fields.Integer(required=True)
    reason = fields.String(required=True)


class OrderLineAnswer(Body):
    """A frozen line of an order; a combo has `parts`, one that a short harvest made smaller `cut_…`.

    `losses`: what the seller took out since, each with its kind and reason. One priced by the scales has
    `mode`, `estimate_vnd` and `weighed` (base units `base_unit`; 0: not yet, the sum is an estimate).
    """

    listing = fields.String(required=True)
    name = fields.String(required=True)
    unit = fields.String(required=True)
    packs = fields.Integer(required=True)
    unit_price_vnd = fields.Integer(required=True)
    amount_vnd = fields.Integer(required=True)
    parts = fields.List(fields.Nested(OrderPartAnswer))
    cut_packs = fields.Integer()
    cut_vnd = fields.Integer()
    losses = fields.List(fields.Nested(LossAnswer))
    mode = fields.String()
    estimate_vnd = fields.Integer()
    weighed = fields.Integer()
    base_unit = fields.String()


class GiftAnswer(Body):
    """Who gets the goods; their number is only the seller's to see."""

    name = fields.String(required=True)
    note = fields.String(required=True)
    hide_prices = fields.Boolean(required=True)


class OrderAnswer(Body):
    """An order as its buyer sees it."""

    code = fields.String(required=True)
    state = fields.String(required=True)
    refund_due = fields.Boolean(required=True)
    seller = fields.String(required=True)
    goods_vnd = fields.Integer(required=True)
    fee_vnd = fields.Integer(required=True)
    deposit_vnd = fields.Integer()
    discount_vnd = fields.Integer()
    amount_vnd = fields.Integer(required=True)
    paid_vnd = fields.Integer(required=True)
    due_vnd = fields.Integer(required=True)
    qr_payload = fields.String(required=True, allow_none=True)
    pay_by = fields.String(required=True)
    url = fields.String(required=True)
    receipt_url = fields.String()
    gift = fields.Nested(GiftAnswer)
    cut_refund_vnd = fields.Integer()
    lines = fields.List(fields.Nested(OrderLineAnswer), required=True)


def answer(session: Session, code: str) -> JsonObject:
    """The order `code` for its buyer: sums in đồng, `due_vnd` is what is still to be paid.

    While a deposit (`deposit_vnd`, where one is asked) is missing, `due_vnd` is what is missing of it; before
    something that is weighed first was weighed, nothing is due and `amount_vnd` is an estimate.
    `qr_payload` is the VietQR text for `due_vnd`, null when no money is asked for (any more: as on the pay
    page, not past its time either, though nobody has ended the order yet); `url` opens
    without login, so it goes to the buyer alone; `receipt_url` is there once the payment is settled.

    Raises:
        NotFound: there is no such order.
    """
    order = order_facts.facts(session, code)
    now = asked_now.of_order(session, order)
    asked, paid = now.asked, now.payment
    told: JsonObject = {
        "code": code,
        "state": order.state,
        "refund_due": order.refund_due,
        "seller": order.seller_id,
        "goods_vnd": order.goods_vnd,
        "fee_vnd": order.fee_vnd,
        "amount_vnd": order.amount_vnd,
        "paid_vnd": paid.paid_vnd,
        "due_vnd": asked.due_vnd,
        "qr_payload": asked.qr_payload if now.state in ASKING else None,
        "pay_by": clock.iso(order.pay_by_ms),
        "url": links.order_url(code, order.capability),
        "lines": [_line(line) for line in order.lines],
    }
    if order.deposit_vnd:
        told["deposit_vnd"] = order.deposit_vnd
    if order.discount_vnd:
        told["discount_vnd"] = order.discount_vnd
    if order.cut_refund_vnd:
        told["cut_refund_vnd"] = order.cut_refund_vnd
    if order.gift is not None:
        gift = order.gift
        told["gift"] = {"name": gift.name, "note": gift.note, "hide_prices": gift.hides_prices}
    if paid.receipt_id is not None:
        told["receipt_url"] = links.receipt_url(paid.receipt_id)
    return told


def _line(line: LineFacts) -> JsonObject:
    told: JsonObject = {
        "listing": line.listing_id,
        "name": line.name,
        "unit": line.unit,
        "packs": line.packs,
        "unit_price_vnd": line.unit_price_vnd,
        "amount_vnd": line.amount_vnd,
    }
    if line.parts:
        told["parts"] = [{"name": p.name, "unit": p.unit, "packs": p.packs} for p in line.parts]
    if line.cut_packs:
        told.update(cut_packs=line.cut_packs, cut_vnd=line.cut_vnd)
    if line.by_weight:
        told.update(mode=line.mode, estimate_vnd=line.estimate_vnd)
        told.update(weighed=line.weighed, base_unit=line.base_unit)
    if line.losses:
        told["losses"] = [asdict(loss) for loss in line.losses]
    return told
