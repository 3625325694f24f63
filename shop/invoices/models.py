"""The table of invoice requests."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

NAME_LENGTH, ADDRESS_LENGTH, MAILBOX_LENGTH = 200, 300, 120
NUMBER_LENGTH, URL_LENGTH, WHY_LENGTH = 40, 300, 200


class InvoiceRequest(Base):
    """One buyer asks for the VAT invoice of one order, and what the seller answered; who and when.

    `open_key` is the order's code unless declined: one is asked for, or issued, at a time. `version` grows
    with each correction, so that nobody answers what they have not read.
    """

    __tablename__ = "invoice_requests"
    __table_args__ = (
        UniqueConstraint("open_key"),
        CheckConstraint("state IN ('requested', 'issued', 'declined')", name="state"),
        CheckConstraint("(state = 'declined') = (open_key IS NULL)", name="open_key"),
        CheckConstraint("(state = 'requested') = (answered_ms IS NULL)", name="answered"),
        CheckConstraint("(state = 'issued') = (number <> '')", name="number"),
        CheckConstraint("(state = 'declined') = (why <> '')", name="why"),
        Index("ix_invoice_requests_of_seller", "seller_id", "state", "asked_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    open_key: Mapped[str | None] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str] = mapped_column(String(NAME_LENGTH))
    tax_code: Mapped[str] = mapped_column(String(14))
    address: Mapped[str] = mapped_column(String(ADDRESS_LENGTH))
    mailbox: Mapped[str] = mapped_column(String(MAILBOX_LENGTH))
    asked_ms: Mapped[int] = mapped_column(Big)
    asked_by: Mapped[str] = mapped_column(String(40))
    corrected_ms: Mapped[int | None] = mapped_column(Big)
    corrected_by: Mapped[str] = mapped_column(String(40), default="")
    number: Mapped[str] = mapped_column(String(NUMBER_LENGTH), default="")
    url: Mapped[str] = mapped_column(String(URL_LENGTH), default="")
    why: Mapped[str] = mapped_column(String(WHY_LENGTH), default="")
    answered_ms: Mapped[int | None] = mapped_column(Big)
    answered_by: Mapped[str] = mapped_column(String(40), default="")
