"""The table of changes of the receiving account. A row is asked for, then confirmed or cancelled, once."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class ReceivingChange(Base):
    """One owner's wish that an account receives; in force from `confirmed_ms`, else from `ripe_ms`."""

    __tablename__ = "receiving_changes"
    __table_args__ = (
        CheckConstraint("checked IN ('typed', 'qr')", name="checked"),
        CheckConstraint("ripe_ms > asked_ms", name="ripe"),
        CheckConstraint("confirmed_ms IS NULL OR cancelled_ms IS NULL", name="one_end"),
        CheckConstraint("confirmed_by IS NULL OR confirmed_by <> asked_by", name="two_owners"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_ms IS NULL)", name="confirmed"),
        CheckConstraint("(cancelled_by IS NULL) = (cancelled_ms IS NULL)", name="cancelled"),
        Index("ix_receiving_changes_of_seller", "seller_id", "asked_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    checked: Mapped[str] = mapped_column(String(5))
    asked_by: Mapped[str] = mapped_column(String(40))
    asked_ms: Mapped[int] = mapped_column(Big)
    ripe_ms: Mapped[int] = mapped_column(Big)
    confirmed_by: Mapped[str | None] = mapped_column(String(40))
    confirmed_ms: Mapped[int | None] = mapped_column(Big)
    cancelled_by: Mapped[str | None] = mapped_column(String(40))
    cancelled_ms: Mapped[int | None] = mapped_column(Big)
