"""Lots: one harvest or one processing run each, what became of it, and what it was made from."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Lot(Base):
    """Goods that share one origin. How much of it lies where is in `lot_stock`.

    In `quarantine` it waits for `waits_for`: the end of its pre-harvest interval (`clear_on`, the first
    day it may be sold) or somebody's check. It leaves the shelf on `removes_on`, some days before it is
    `best_before`.
    """

    __tablename__ = "lots"
    __table_args__ = (
        CheckConstraint(
            "state IN ('quarantine', 'available', 'blocked', 'recalled', 'spent')", name="state"
        ),
        CheckConstraint(
            "origin IN ('harvest', 'run', 'merge', 'split', 'regrade', 'return', 'opening')",
            name="origin",
        ),
        CheckConstraint("waits_for IN ('', 'interval', 'check')", name="waits_for"),
        CheckConstraint("interval_days >= 0", name="interval_days"),
        UniqueConstraint("seller_id", "code"),
        Index("ix_lots_product", "product_id", "state"),
        Index("ix_lots_waiting", "state", "clear_on"),
        Index("ix_lots_removal", "state", "removes_on"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"))
    code: Mapped[str] = mapped_column(String(16))  # said aloud and printed: L-1121-03
    origin: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    waits_for: Mapped[str] = mapped_column(String(8), default="")
    why: Mapped[str] = mapped_column(String(200), default="")
    member_id: Mapped[str | None] = mapped_column(Id, ForeignKey("members.id"), index=True)
    plot_id: Mapped[str | None] = mapped_column(Id, ForeignKey("plots.id"))
    run_id: Mapped[str | None] = mapped_column(Id, ForeignKey("runs.id"), index=True)
    harvested_on: Mapped[date] = mapped_column(Date)
    grade: Mapped[str] = mapped_column(String(40), default="")
    best_before: Mapped[date | None] = mapped_column(Date)
    removes_on: Mapped[date | None] = mapped_column(Date)
    sprayed_on: Mapped[date | None] = mapped_column(Date)
    interval_days: Mapped[int] = mapped_column(default=0)
    clear_on: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(Text, default="")
    created_by: Mapped[str] = mapped_column(String(40), default="")
    created_ms: Mapped[int] = mapped_column(Big)


class LotParent(Base):
    """What a lot was made from, to the base unit.

    `used` base units of the parent went in; `share` base units of the child are owed to it. Over all
    parents of a child the shares sum to what the child was made as.
    """

    __tablename__ = "lot_parents"
    __table_args__ = (
        CheckConstraint("used >= 0", name="used"),
        CheckConstraint("share >= 0", name="share"),
    )

    child_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), primary_key=True)
    parent_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), primary_key=True, index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    used: Mapped[int] = mapped_column(Big)
    share: Mapped[int] = mapped_column(Big)


class LotNote(Base):
    """What happened to a lot, by whom and why: each change of its state, grade or days."""

    __tablename__ = "lot_notes"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    lot_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    what: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(200), default="")
    actor: Mapped[str] = mapped_column(String(40), default="")
    at_ms: Mapped[int] = mapped_column(Big)


class Run(Base):
    """Lots turned into lots: processing, pooling, splitting, regrading. In = out + `loss`."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint("kind IN ('process', 'merge', 'split', 'regrade')", name="kind"),
        CheckConstraint("loss >= 0", name="loss"),
        UniqueConstraint("seller_id", "number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column()  # 1, 2, 3 … of this seller
    kind: Mapped[str] = mapped_column(String(8))
    loss: Mapped[int] = mapped_column(Big, default=0)
    note: Mapped[str] = mapped_column(String(200), default="")
    actor: Mapped[str] = mapped_column(String(40), default="")
    at_ms: Mapped[int] = mapped_column(Big)


class IntakeSlip(Base):
    """A member's goods weighed in: the numbered slip they take home."""

    __tablename__ = "intake_slips"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        UniqueConstraint("seller_id", "number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column()  # 1, 2, 3 … of this seller, gapless
    member_id: Mapped[str] = mapped_column(Id, ForeignKey("members.id"), index=True)
    lot_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), unique=True)
    quantity: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40), default="")
    at_ms: Mapped[int] = mapped_column(Big)


class Forecast(Base):
    """A harvest to come that is sold ahead, up to `cap` base units; `came` is what it turned out to be."""

    __tablename__ = "forecasts"
    __table_args__ = (
        CheckConstraint("cap > 0", name="cap"),
        CheckConstraint("came >= 0", name="came"),
        CheckConstraint("state IN ('open', 'settled', 'cancelled')", name="state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), index=True)
    expected_on: Mapped[date] = mapped_column(Date)
    cap: Mapped[int] = mapped_column(Big)
    came: Mapped[int | None] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="open")
    created_ms: Mapped[int] = mapped_column(Big)
    settled_ms: Mapped[int | None] = mapped_column(Big)


class ForecastCut(Base):
    """By how much one holder's share was scaled back when less came (base units, whole packs)."""

    __tablename__ = "forecast_cuts"
    __table_args__ = (
        CheckConstraint("wanted > 0", name="wanted"),
        CheckConstraint("given >= 0 AND given <= wanted", name="given"),
    )

    forecast_id: Mapped[str] = mapped_column(Id, ForeignKey("forecasts.id"), primary_key=True)
    hold_id: Mapped[str] = mapped_column(Id, ForeignKey("stock_holds.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    holder: Mapped[str] = mapped_column(String(40))
    wanted: Mapped[int] = mapped_column(Big)
    given: Mapped[int] = mapped_column(Big)
