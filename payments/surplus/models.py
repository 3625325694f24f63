"""Tables of what buyers chose about money on top, and of credit they keep. Amounts are integer đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class SurplusChoice(Base):
    """One thing a buyer chose about `amount_vnd` of what came on top of `payment_id`. Never changed.

    `kind`: `refund` (they want it back; nothing moves), `order` (it went to `to_payment_id`), `credit` (it is
    kept for them), `spent` (credit went to `to_payment_id`), `back` (credit is owed back again).
    """

    __tablename__ = "surplus_choices"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("kind IN ('refund', 'order', 'credit', 'spent', 'back')", name="kind"),
        CheckConstraint("(kind = 'refund') = (bank_line_id IS NULL)", name="line"),
        CheckConstraint(
            "(kind IN ('order', 'spent')) = (to_payment_id IS NOT NULL)", name="target"
        ),
        Index("ix_surplus_choices_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    bank_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"), index=True)
    to_payment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(6))
    amount_vnd: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class StoreCredit(Base):
    """What one buyer keeps with one seller of one bank line; `left_vnd` of it was not used yet.

    `holder` and `device` are opaque: whose it is, frozen when it was kept.
    """

    __tablename__ = "store_credits"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("left_vnd >= 0 AND left_vnd <= amount_vnd", name="left"),
        Index("ix_store_credits_of_holder", "seller_id", "holder"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    holder: Mapped[str] = mapped_column(String(40))
    device: Mapped[str | None] = mapped_column(String(40))
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    bank_line_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_lines.id"), index=True)
    amount_vnd: Mapped[int] = mapped_column(Big)
    left_vnd: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
