"""Tables of carriers: a seller's account at one, and its parcels there. Times are UTC ms, sums đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id


class CarrierConnection(Base):
    """A seller's account at a carrier; its token is stored sealed. One let go has none any more."""

    __tablename__ = "carrier_connections"
    __table_args__ = (CheckConstraint("(ended_ms IS NULL) = (token <> '')", name="token"),)

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    carrier: Mapped[str] = mapped_column(String(16), primary_key=True)
    token: Mapped[str] = mapped_column(Text)
    pick_up: Mapped[str] = mapped_column(String(40), default="")
    actor: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)
    ended_ms: Mapped[int | None] = mapped_column(Big)


class CarrierParcel(Base):
    """A shipment in a carrier's hands: its code there, and how far the carrier says it is.

    `ask_ms`: when the carrier is asked next (its notices are unsigned, so they only bring this forward);
    `heard_ms`: when it last answered. `trouble` is a code, or the carrier's own words when it said no.
    """

    __tablename__ = "carrier_parcels"
    __table_args__ = (
        CheckConstraint(
            "state IN ('asked', 'booked', 'picked_up', 'moving', 'delivered', 'refused', 'returned', 'lost',"
            " 'cancelled')",
            name="state",
        ),
        CheckConstraint("cod_vnd >= 0", name="cod"),
        Index("uq_carrier_parcels_tracking", "carrier", "tracking_code", "seller_id", unique=True),
        Index("ix_carrier_parcels_ask", "ask_ms"),
    )

    shipment_id: Mapped[str] = mapped_column(Id, primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    carrier: Mapped[str] = mapped_column(String(16))
    tracking_code: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), default="asked")
    booking_no: Mapped[int] = mapped_column(default=1, server_default="1")
    fee_vnd: Mapped[int | None] = mapped_column(Big)
    cod_vnd: Mapped[int] = mapped_column(Big, default=0)
    asked_ms: Mapped[int] = mapped_column(Big)
    moved_ms: Mapped[int] = mapped_column(Big)
    heard_ms: Mapped[int | None] = mapped_column(Big)
    ask_ms: Mapped[int | None] = mapped_column(Big)
    trouble: Mapped[str] = mapped_column(String(120), default="")
