"""Tables of carts and orders. Amounts are integer đồng, quantities packs or base units."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class CartLine(Base):
    """What a buyer wants from the web shop; it holds no stock until the order is placed."""

    __tablename__ = "cart_lines"
    __table_args__ = (CheckConstraint("packs > 0", name="packs"),)

    owner: Mapped[str] = mapped_column(String(24), primary_key=True)  # Login.actor
    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    packs: Mapped[int] = mapped_column(Big)
    added_ms: Mapped[int] = mapped_column(Big)


class Order(Base):
    """One buyer, one seller, one source; its code is unique for ever.

    A gift goes to a `recipient_…`, whose number is the seller's to see and nobody else's. The sums are
    what the order comes to now; `cut_refund_vnd` of what was paid goes back: goods were short, or the way is
    cheaper.
    """

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint(
            "state IN ('placed', 'secured', 'packing', 'packed', 'handed_over', 'delivered', 'closed',"
            " 'expired', 'cancelled', 'refused', 'returned')",
            name="state",
        ),
        CheckConstraint("amount_vnd = goods_vnd + fee_vnd - discount_vnd", name="sum"),
        CheckConstraint(
            "discount_vnd >= 0 AND discount_vnd <= goods_vnd + fee_vnd", name="discount"
        ),
        CheckConstraint("deposit_vnd >= 0 AND deposit_vnd <= amount_vnd", name="deposit"),
        CheckConstraint("if_short IN ('refund', 'replace', 'wait')", name="if_short"),
        CheckConstraint("if_differs IN ('settle', 'let_be')", name="if_differs"),
        CheckConstraint("cut_refund_vnd >= 0", name="cut_refund"),
        Index("ix_orders_due", "state", "pay_by_ms"),
        Index("ix_orders_shipment", "shipment_id"),
        Index("ix_orders_of_seller", "seller_id", "state"),
    )

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    source: Mapped[str] = mapped_column(String(30))  # web | staff | live:<session>
    # For `staff`: where it was asked for (zalo, facebook, phone, stall, other), and who typed it in.
    channel: Mapped[str] = mapped_column(String(12), default="", server_default="")
    staff_actor: Mapped[str] = mapped_column(String(40), default="", server_default="")
    capability: Mapped[str] = mapped_column(String(43))
    state: Mapped[str] = mapped_column(String(12), default="placed")
    secured_by: Mapped[str | None] = mapped_column(String(10))
    refund_due: Mapped[bool] = mapped_column(default=False)
    name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(16))
    way_kind: Mapped[str] = mapped_column(String(8))
    way_label: Mapped[str] = mapped_column(String(120))
    way_id: Mapped[str | None] = mapped_column(Id)
    freight_on_arrival: Mapped[bool] = mapped_column(default=False, server_default="0")
    slot_id: Mapped[str | None] = mapped_column(Id)
    address: Mapped[str] = mapped_column(String(300), default="")
    commune_code: Mapped[str] = mapped_column(String(8), default="", server_default="")
    shipment_id: Mapped[str | None] = mapped_column(Id)
    if_short: Mapped[str] = mapped_column(String(8), default="refund", server_default="refund")
    if_differs: Mapped[str] = mapped_column(String(8), default="settle", server_default="settle")
    recipient_name: Mapped[str] = mapped_column(String(80), default="", server_default="")
    recipient_phone: Mapped[str] = mapped_column(String(16), default="", server_default="")
    gift_note: Mapped[str] = mapped_column(String(300), default="", server_default="")
    hides_prices: Mapped[bool] = mapped_column(default=False, server_default="0")
    goods_vnd: Mapped[int] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big)
    discount_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    amount_vnd: Mapped[int] = mapped_column(Big)
    deposit_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    cut_refund_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    placed_ms: Mapped[int] = mapped_column(Big)
    pay_by_ms: Mapped[int] = mapped_column(Big)
    extended_ms: Mapped[int | None] = mapped_column(Big)  # when opening the pay page moved pay_by
    secured_ms: Mapped[int | None] = mapped_column(Big)
    packed_ms: Mapped[int | None] = mapped_column(Big)
    handed_over_ms: Mapped[int | None] = mapped_column(Big)
    delivered_ms: Mapped[int | None] = mapped_column(Big)
    ended_ms: Mapped[int | None] = mapped_column(
        Big
    )  # closed, expired, cancelled, refused, returned


class OrderLine(Base):
    """A frozen line: what, how many packs, at what price. Only what is short makes packs fewer.

    Sold in a `mode` priced by weight, it costs what the scales said (`weighed` base units; 0: not yet, so
    the packs are an estimate), unless the buyer lets a small difference be (`orders.if_differs`).
    """

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("packs >= 0", name="packs"),
        CheckConstraint("weighed >= 0", name="weighed"),
        CheckConstraint(
            "mode IN ('pack', 'at_least', 'weigh_then_pay', 'estimate_then_settle')", name="mode"
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"))
    name: Mapped[str] = mapped_column(String(120))
    unit_word: Mapped[str] = mapped_column(String(40))
    base_unit: Mapped[str] = mapped_column(String(5))
    pack_size: Mapped[int] = mapped_column(Big)
    packs: Mapped[int] = mapped_column(Big)
    unit_price_vnd: Mapped[int] = mapped_column(Big)
    amount_vnd: Mapped[int] = mapped_column(Big)
    mode: Mapped[str] = mapped_column(String(24), default="pack", server_default="pack")
    weighed: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    position: Mapped[int] = mapped_column()


class OrderLinePart(Base):
    """What a line takes from stock, frozen: one part for a pack, several for a combo; a hold for each.

    `packs` are those of the part in the whole line.
    """

    __tablename__ = "order_line_parts"
    __table_args__ = (CheckConstraint("packs >= 0", name="packs"),)

    line_id: Mapped[str] = mapped_column(Id, ForeignKey("order_lines.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"))
    hold_id: Mapped[str] = mapped_column(Id, ForeignKey("stock_holds.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    unit_word: Mapped[str] = mapped_column(String(40))
    base_unit: Mapped[str] = mapped_column(String(5))
    pack_size: Mapped[int] = mapped_column(Big)
    packs: Mapped[int] = mapped_column(Big)


class OrderCut(Base):
    """By how much a line became smaller because a harvest sold ahead was short; never changed."""

    __tablename__ = "order_cuts"
    __table_args__ = (
        CheckConstraint("packs > 0", name="packs"),
        CheckConstraint("amount_vnd >= 0", name="amount"),
    )

    line_id: Mapped[str] = mapped_column(Id, ForeignKey("order_lines.id"), primary_key=True)
    forecast_id: Mapped[str] = mapped_column(Id, ForeignKey("forecasts.id"), primary_key=True)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    packs: Mapped[int] = mapped_column(Big)
    amount_vnd: Mapped[int] = mapped_column(Big)
    refunded: Mapped[bool] = mapped_column()  # it had been paid, so the difference goes back
    at_ms: Mapped[int] = mapped_column(Big)


class OrderLineChange(Base):
    """By how much a line became smaller (or came new) after it was ordered, and why; never changed."""

    __tablename__ = "order_line_changes"
    __table_args__ = (
        CheckConstraint("kind IN ('short', 'cancelled', 'replaced', 'added')", name="kind"),
        CheckConstraint("packs > 0", name="packs"),
        CheckConstraint("amount_vnd >= 0", name="amount"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    line_id: Mapped[str] = mapped_column(Id, ForeignKey("order_lines.id"))
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(10))
    packs: Mapped[int] = mapped_column(Big)
    amount_vnd: Mapped[int] = mapped_column(Big)
    reason: Mapped[str] = mapped_column(String(300), default="")
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class OrderTopup(Base):
    """A sum asked for on top of an order that was paid: its own code, its own payment (`topup:<code>`)."""

    __tablename__ = "order_topups"
    __table_args__ = (CheckConstraint("state IN ('asked', 'paid', 'dropped')", name="state"),)

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    state: Mapped[str] = mapped_column(String(8), default="asked")
    at_ms: Mapped[int] = mapped_column(Big)


class RecallNotice(Base):
    """An order a recall concerns: whether its buyer was told, and whether its goods still stood here.

    A recall frees orders of the lot, so those that were to get it are remembered here.
    """

    __tablename__ = "recall_notices"

    lot_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), primary_key=True)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    waiting: Mapped[int] = mapped_column(Big, default=0)  # base units that were to be handed over
    told_by: Mapped[str] = mapped_column(String(40), default="")
    told_ms: Mapped[int | None] = mapped_column(Big)


class OrderEvent(Base):
    """The history of an order: each transition with who and why. `place` tells apart one millisecond's."""

    __tablename__ = "order_events"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    state: Mapped[str] = mapped_column(String(12))
    actor: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, default="")
    at_ms: Mapped[int] = mapped_column(Big)
    place: Mapped[int] = mapped_column(Big, server_default="0")


class OrderFreeze(Base):
    """That an officer keeps an order's goods where they are until they ruled; one for each order.

    `cause` is opaque (`stop:<session>`). A `ruling` is never changed.
    """

    __tablename__ = "order_freezes"
    __table_args__ = (
        CheckConstraint("ruling IN ('', 'release', 'refund')", name="ruling"),
        CheckConstraint("(ruling = '') = (ruled_ms IS NULL)", name="ruled"),
        Index("ix_order_freezes_cause", "cause"),
    )

    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    cause: Mapped[str] = mapped_column(String(40))
    frozen_ms: Mapped[int] = mapped_column(Big)
    ruling: Mapped[str] = mapped_column(String(8), default="", server_default="")
    ruled_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    ruled_words: Mapped[str] = mapped_column(String(300), default="", server_default="")
    ruled_ms: Mapped[int | None] = mapped_column(Big)
