"""How much there is, at which point, of which lot, and for whom it is kept."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id, Serial
from core.ids import new_id


class StockPoint(Base):
    """Where a seller keeps goods. Web and live sell from the one `store`; a stall and a van sell by hand.

    A `forecast` is a harvest to come (its id is the forecast's): what is promised of it is no goods yet.
    """

    __tablename__ = "stock_points"
    __table_args__ = (
        CheckConstraint("kind IN ('store', 'stall', 'van', 'forecast')", name="kind"),
        UniqueConstraint("seller_id", "name"),
        Index(
            "uq_stock_points_store",
            "seller_id",
            unique=True,
            sqlite_where=text("kind = 'store'"),
            postgresql_where=text("kind = 'store'"),
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(80))
    created_ms: Mapped[int] = mapped_column(Big)


class Stock(Base):
    """How much of one product is sellable at one point. Written by `catalog.stock` alone.

    `on_hand` is what the available lots hold here: goods in quarantine, blocked or recalled are not in
    it. The row of the seller's store is the one web and live sell from (`in_store`).
    """

    __tablename__ = "stock"
    __table_args__ = (
        UniqueConstraint("product_id", "point_id"),
        Index("ix_stock_store", "product_id", "in_store"),
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("allocated >= 0", name="allocated"),
        CheckConstraint("held >= 0", name="held"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"))
    point_id: Mapped[str] = mapped_column(Id, ForeignKey("stock_points.id"), index=True)
    in_store: Mapped[bool] = mapped_column(default=True)
    on_hand: Mapped[int] = mapped_column(Big, default=0)
    allocated: Mapped[int] = mapped_column(Big, default=0)
    held: Mapped[int] = mapped_column(Big, default=0)


class Allotment(Base):
    """What one pin may sell. `granted` is part of the stock row's `held`; `used` is promised to buyers.

    Without a stock row it is for practice: it counts as any other, and no goods stand behind it.
    """

    __tablename__ = "allotments"
    __table_args__ = (
        CheckConstraint("used >= 0 AND used <= granted", name="used"),
        CheckConstraint("granted >= 0", name="granted"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    stock_id: Mapped[str | None] = mapped_column(Id, ForeignKey("stock.id"), index=True)
    holder: Mapped[str] = mapped_column(String(40))  # opaque: "pin:…"
    granted: Mapped[int] = mapped_column(Big)
    used: Mapped[int] = mapped_column(Big, default=0)
    closed: Mapped[bool] = mapped_column(default=False)


class StockHold(Base):
    """Stock kept for one holder until a time; inside an allotment when `allotment_id` is set.

    It is made of packs of `pack_size` base units. One that a short harvest left nothing of is `cut`.
    """

    __tablename__ = "stock_holds"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("pack_size > 0", name="pack_size"),
        CheckConstraint(
            "state IN ('active', 'ended', 'allocated', 'shipped', 'cut')", name="state"
        ),
        Index("ix_stock_holds_due", "stock_id", "state", "until_ms"),
        Index("ix_stock_holds_holder", "holder"),
        Index("ix_stock_holds_inside", "allotment_id", "state", "until_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    stock_id: Mapped[str] = mapped_column(Id, ForeignKey("stock.id"))
    allotment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("allotments.id"))
    holder: Mapped[str] = mapped_column(String(40))  # opaque: "order:CPX7K3M9Q2"
    quantity: Mapped[int] = mapped_column(Big)
    pack_size: Mapped[int] = mapped_column(Big, default=1, server_default="1")
    until_ms: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="active")
    created_ms: Mapped[int] = mapped_column(Big)


class LotStock(Base):
    """How much of a lot lies at a point, whatever the lot's state; `bound` of it is some order's already."""

    __tablename__ = "lot_stock"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("bound >= 0 AND bound <= quantity", name="bound"),
    )

    lot_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), primary_key=True)
    stock_id: Mapped[str] = mapped_column(Id, ForeignKey("stock.id"), primary_key=True, index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    quantity: Mapped[int] = mapped_column(Big, default=0)
    bound: Mapped[int] = mapped_column(Big, default=0)


class LotBinding(Base):
    """Which lot serves which hold: bound by the packer, shipped at hand-over, or freed again."""

    __tablename__ = "lot_bindings"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state IN ('bound', 'shipped', 'freed')", name="state"),
        Index("ix_lot_bindings_holder", "holder"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    lot_id: Mapped[str] = mapped_column(Id, ForeignKey("lots.id"), index=True)
    stock_id: Mapped[str] = mapped_column(Id, ForeignKey("stock.id"))
    hold_id: Mapped[str] = mapped_column(Id, ForeignKey("stock_holds.id"), index=True)
    holder: Mapped[str] = mapped_column(String(40))
    quantity: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="bound")
    created_ms: Mapped[int] = mapped_column(Big)


class Movement(Base):
    """One change of what is on hand, promised, or lying in a lot: never updated, never deleted (triggers).

    The only history: for each stock row the sums of the three deltas equal its three columns, and for
    each lot at a point the sum of `quantity` equals what lies there (`fsck` proves both). Live claims
    move `used` inside an allotment and are not movements.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('receive', 'recount', 'spoil', 'transfer', 'consume', 'produce', 'open', 'close',"
            " 'returned', 'forecast', 'sell', 'grant', 'return', 'hold', 'release', 'allocate', 'ship')",
            name="kind",
        ),
        Index("ix_stock_movements_lot", "lot_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    stock_id: Mapped[str] = mapped_column(Id, ForeignKey("stock.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    lot_id: Mapped[str | None] = mapped_column(Id, ForeignKey("lots.id"))
    quantity: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # of the lot, here
    on_hand: Mapped[int] = mapped_column(Big, default=0)
    allocated: Mapped[int] = mapped_column(Big, default=0)
    held: Mapped[int] = mapped_column(Big, default=0)
    holder: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    actor: Mapped[str] = mapped_column(String(40), default="", server_default="")
    at_ms: Mapped[int] = mapped_column(Big)
