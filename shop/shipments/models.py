"""Tables of shipments. Times are UTC ms of the market's own clock, but what a phone said is kept beside."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Shipment(Base):
    """What travels under one label; its orders name it. A joined one gave its orders to another."""

    __tablename__ = "shipments"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'handed_over', 'joined')", name="state"),
        CheckConstraint("(state = 'handed_over') = (handed_over_ms IS NOT NULL)", name="left_once"),
        CheckConstraint("(state = 'joined') = (joined_into IS NOT NULL)", name="joined_into"),
        Index("ix_shipments_of_seller", "seller_id", "handed_over_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    label_code: Mapped[str] = mapped_column(String(10), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="open")
    joined_into: Mapped[str | None] = mapped_column(Id, ForeignKey("shipments.id"))
    created_ms: Mapped[int] = mapped_column(Big)
    handed_over_ms: Mapped[int | None] = mapped_column(Big)  # when it left, as far as we believe it
    told_ms: Mapped[int | None] = mapped_column(Big)  # when the market heard of it
    said_ms: Mapped[int | None] = mapped_column(Big)  # what the phone's clock said, right or wrong
    handed_by: Mapped[str] = mapped_column(String(40), default="")
    # Who took it along where that is neither the buyer nor the seller: a coach, a carrier's driver.
    taken_by: Mapped[str] = mapped_column(String(80), default="")
    plate: Mapped[str] = mapped_column(String(16), default="")
    driver_phone: Mapped[str] = mapped_column(String(16), default="")
