"""Tables of refunds: what was begun, and the accounts buyers gave for it. Amounts are integer đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

REASON_LENGTH = 200
REFERENCE_LENGTH = 80


class RefundAccount(Base):
    """An account a buyer gave to be paid back to; never changed, the newest of a payment counts.

    `sealed` holds number and holder, encrypted (`core.vault`); `tail` is the number's end, for eyes.
    """

    __tablename__ = "refund_accounts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    bin: Mapped[str] = mapped_column(String(6))
    tail: Mapped[str] = mapped_column(String(4))
    sealed: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class Refund(Base):
    """One refund that was begun. `source` is what it gives back: of the sum paid, or of what came on top.

    `granted_vnd` of it were not owed before: staff gave them. `lines` is JSON of `rules.RefundLine`.
    `cut_vnd` more were asked for and did not go: they are owed as before.
    """

    __tablename__ = "refunds"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("granted_vnd >= 0 AND granted_vnd <= amount_vnd", name="granted"),
        CheckConstraint("source IN ('paid', 'extra')", name="source"),
        CheckConstraint("method IN ('bank', 'card')", name="method"),
        CheckConstraint(
            "state IN ('due', 'asked', 'sent', 'proved', 'returned', 'dropped')", name="state"
        ),
        CheckConstraint("state <> 'proved' OR proved_ms IS NOT NULL", name="proved"),
        CheckConstraint(
            "state <> 'sent' OR (sent_ms IS NOT NULL AND sent_by <> '' AND sent_reference <> '')",
            name="sent",
        ),
        Index("ix_refunds_of_seller", "seller_id", "state", "begun_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    source: Mapped[str] = mapped_column(String(5))
    method: Mapped[str] = mapped_column(String(4), default="bank", server_default="bank")
    amount_vnd: Mapped[int] = mapped_column(Big)
    granted_vnd: Mapped[int] = mapped_column(Big, default=0)
    cut_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH), default="")
    lines: Mapped[str] = mapped_column(Text, default="[]")
    state: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[str | None] = mapped_column(Id, ForeignKey("refund_accounts.id"))
    begun_ms: Mapped[int] = mapped_column(Big)
    begun_by: Mapped[str] = mapped_column(String(40))
    sent_ms: Mapped[int | None] = mapped_column(Big)
    sent_by: Mapped[str] = mapped_column(String(40), default="")
    sent_reference: Mapped[str] = mapped_column(String(REFERENCE_LENGTH), default="")
    proved_ms: Mapped[int | None] = mapped_column(Big)
    out_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"), unique=True)
    returned_ms: Mapped[int | None] = mapped_column(Big)
    back_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"), unique=True)
    dropped_ms: Mapped[int | None] = mapped_column(Big)
    dropped_by: Mapped[str] = mapped_column(String(40), default="")
