"""Tables of how goods reach buyers: ways, zones, dated fees, slots. Amounts in đồng, weights in grams.

Facts of trade are dated rows: a new fee is a new row from a moment on, an old one ends and stays.
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class DeliveryWay(Base):
    """How a seller hands goods over: a pick-up point, an own run, a coach or a carrier; dated."""

    __tablename__ = "delivery_ways"
    __table_args__ = (
        CheckConstraint("kind IN ('pickup', 'own_run', 'coach', 'carrier')", name="kind"),
        CheckConstraint("packing_g >= 0", name="packing"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    label: Mapped[str] = mapped_column(
        String(120)
    )  # the point's address, where the run or coach goes
    when_text: Mapped[str] = mapped_column(String(120), default="")
    by_slot: Mapped[bool] = mapped_column(default=False, server_default="0")
    packing_g: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    transit_h: Mapped[int | None] = mapped_column(Big)
    # Of a coach: its plate, its driver's number (E.164) and where the buyer meets it.
    plate: Mapped[str] = mapped_column(String(20), default="", server_default="")
    driver_phone: Mapped[str] = mapped_column(String(16), default="", server_default="")
    stop: Mapped[str] = mapped_column(String(120), default="", server_default="")
    carrier: Mapped[str] = mapped_column(String(16), default="", server_default="")
    valid_from_ms: Mapped[int] = mapped_column(Big)
    valid_until_ms: Mapped[int | None] = mapped_column(Big)


class DeliveryZone(Base):
    """A list of provinces and communes a seller charges alike; one no longer used has ended."""

    __tablename__ = "delivery_zones"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    ended_ms: Mapped[int | None] = mapped_column(Big)


class DeliveryZonePlace(Base):
    """A province (two digits) or commune (five) of a zone."""

    __tablename__ = "delivery_zone_places"

    zone_id: Mapped[str] = mapped_column(Id, ForeignKey("delivery_zones.id"), primary_key=True)
    place_code: Mapped[str] = mapped_column(String(5), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))


class DeliveryFee(Base):
    """What a way costs to a zone (none: anywhere) up to a weight (none: any), from a moment on.

    With `on_arrival` whoever receives pays the carrier, and the QR asks for nothing.
    """

    __tablename__ = "delivery_fees"
    __table_args__ = (
        CheckConstraint("fee_vnd >= 0", name="fee"),
        CheckConstraint("NOT on_arrival OR fee_vnd = 0", name="on_arrival"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    way_id: Mapped[str] = mapped_column(Id, ForeignKey("delivery_ways.id"), index=True)
    zone_id: Mapped[str | None] = mapped_column(Id, ForeignKey("delivery_zones.id"))
    up_to_g: Mapped[int | None] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big, default=0)
    on_arrival: Mapped[bool] = mapped_column(default=False)
    free_from_vnd: Mapped[int | None] = mapped_column(Big)
    valid_from_ms: Mapped[int] = mapped_column(Big)
    valid_until_ms: Mapped[int | None] = mapped_column(Big)


class DeliverySlot(Base):
    """A time in which a way serves so many orders; `used` counts those that have a place in it."""

    __tablename__ = "delivery_slots"
    __table_args__ = (
        CheckConstraint("capacity >= 0 AND used >= 0 AND used <= capacity", name="places"),
        CheckConstraint("starts_ms < ends_ms", name="order"),
        Index("uq_delivery_slots_start", "way_id", "starts_ms", unique=True),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    way_id: Mapped[str] = mapped_column(Id, ForeignKey("delivery_ways.id"))
    starts_ms: Mapped[int] = mapped_column(Big)
    ends_ms: Mapped[int] = mapped_column(Big)
    cutoff_ms: Mapped[int] = mapped_column(Big)  # no orders from then on
    capacity: Mapped[int] = mapped_column(Big)
    used: Mapped[int] = mapped_column(Big, default=0)
