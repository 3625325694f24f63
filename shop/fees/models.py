"""Tables of platform fees: rules, what is frozen on an order, each đồng entered, monthly invoices."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

TITLE_LENGTH, NOTE_LENGTH = 80, 200


class FeeRule(Base):
    """A dated rule of the platform's; only its end is ever set. Rules are tried by `place`."""

    __tablename__ = "fee_rules"
    __table_args__ = (
        CheckConstraint(
            "channel IN ('', 'live', 'web', 'staff', 'stall', 'outside')", name="channel"
        ),
        CheckConstraint("basis_points >= 0 AND basis_points <= 10000", name="share"),
        CheckConstraint("fixed_vnd >= 0 AND least_vnd >= 0", name="sums"),
        CheckConstraint("most_vnd IS NULL OR most_vnd >= least_vnd", name="cap"),
        CheckConstraint("until_ms IS NULL OR until_ms >= from_ms", name="period"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    place: Mapped[int] = mapped_column(Big)
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    seller_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("sellers.id")
    )  # None: every seller
    channel: Mapped[str] = mapped_column(String(8), default="")
    kind: Mapped[str] = mapped_column(String(24), default="")
    basis_points: Mapped[int] = mapped_column(Big)
    fixed_vnd: Mapped[int] = mapped_column(Big)
    least_vnd: Mapped[int] = mapped_column(Big)
    most_vnd: Mapped[int | None] = mapped_column(Big)
    from_ms: Mapped[int] = mapped_column(Big)
    until_ms: Mapped[int | None] = mapped_column(Big)
    made_by: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)


class OrderFee(Base):
    """The fee of an order, frozen when it was secured; never changed. All its goods came to `goods_vnd` then,
    those some rule fits to `base_vnd`.
    """

    __tablename__ = "order_fees"
    __table_args__ = (
        CheckConstraint("fee_vnd >= 0 AND fee_vnd <= base_vnd", name="fee"),
        CheckConstraint("base_vnd <= goods_vnd", name="base"),
        Index("ix_order_fees_of_seller", "seller_id", "frozen_ms"),
    )

    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    channel: Mapped[str] = mapped_column(String(8))
    goods_vnd: Mapped[int] = mapped_column(Big)
    base_vnd: Mapped[int] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big)
    frozen_ms: Mapped[int] = mapped_column(Big)


class OrderFeePart(Base):
    """What one rule took of an order, with the rule's rate as it was. Never changed."""

    __tablename__ = "order_fee_parts"

    order_code: Mapped[str] = mapped_column(
        String(10), ForeignKey("order_fees.order_code"), primary_key=True
    )
    rule_id: Mapped[str] = mapped_column(Id, ForeignKey("fee_rules.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    basis_points: Mapped[int] = mapped_column(Big)
    fixed_vnd: Mapped[int] = mapped_column(Big)
    least_vnd: Mapped[int] = mapped_column(Big)
    most_vnd: Mapped[int | None] = mapped_column(Big)
    base_vnd: Mapped[int] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big)


class FeeInvoice(Base):
    """What a seller owes the platform for a month; numbers have no gaps.

    `code` is what a transfer carries. Where the platform had no account yet, nothing could be asked by QR.
    """

    __tablename__ = "fee_invoices"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("code"),
        UniqueConstraint("seller_id", "month"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("total_vnd > 0", name="total"),
        CheckConstraint("total_vnd = fees_vnd - reversed_vnd + tax_vnd", name="sum"),
        CheckConstraint("paid_by IN ('', 'bank', 'attested')", name="paid_by"),
        CheckConstraint("(paid_by = '') = (paid_ms IS NULL)", name="paid"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    number: Mapped[int] = mapped_column(Big)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    month: Mapped[str] = mapped_column(String(7))
    fees_vnd: Mapped[int] = mapped_column(Big)
    reversed_vnd: Mapped[int] = mapped_column(Big)
    tax_vnd: Mapped[int] = mapped_column(Big)
    total_vnd: Mapped[int] = mapped_column(Big)
    code: Mapped[str] = mapped_column(String(10))
    asked: Mapped[bool] = mapped_column()
    issued_ms: Mapped[int] = mapped_column(Big)
    due_ms: Mapped[int] = mapped_column(Big)
    paid_ms: Mapped[int | None] = mapped_column(Big)
    paid_by: Mapped[str] = mapped_column(String(8), default="")
    paid_actor: Mapped[str] = mapped_column(String(40), default="")
    paid_note: Mapped[str] = mapped_column(String(NOTE_LENGTH), default="")


class FeeEntry(Base):
    """The fee of an order, what of it goes back, or is owed `again` because a refund did not go after all.

    Set on an invoice once, else never changed.
    """

    __tablename__ = "fee_entries"
    __table_args__ = (
        UniqueConstraint("order_code", "number"),
        CheckConstraint("kind IN ('fee', 'reversal', 'again')", name="kind"),
        CheckConstraint("(number = 1) = (kind = 'fee')", name="first"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        Index("ix_fee_entries_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("order_fees.order_code"))
    number: Mapped[int] = mapped_column(Big)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(8))
    amount_vnd: Mapped[int] = mapped_column(Big)
    at_ms: Mapped[int] = mapped_column(Big)
    invoice_id: Mapped[str | None] = mapped_column(Id, ForeignKey("fee_invoices.id"), index=True)


class FeeOffice(Base):
    """One row: the seller whose account the platform is paid on (None: not said), and the last number."""

    __tablename__ = "fee_office"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seller_id: Mapped[str | None] = mapped_column(Id, ForeignKey("sellers.id"))
    last_number: Mapped[int] = mapped_column(Big)
