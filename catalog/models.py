"""Tables of what is sold and how much of it there is. Quantities are integers in base units."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id, Serial
from core.ids import new_id


class Product(Base):
    """What it is, whoever buys it and in whatever pack."""

    __tablename__ = "products"
    __table_args__ = (CheckConstraint("base_unit IN ('g', 'ml', 'piece')", name="base_unit"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    story: Mapped[str] = mapped_column(Text, default="")
    base_unit: Mapped[str] = mapped_column(String(5))
    art: Mapped[str] = mapped_column(String(20), default="tea")
    created_ms: Mapped[int] = mapped_column(Big)


class Listing(Base):
    """A product in a pack at a price. `pack_size` is in base units, `price_vnd` is per pack."""

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint("pack_size > 0", name="pack_size"),
        CheckConstraint("price_vnd > 0", name="price"),
        CheckConstraint("state IN ('on_sale', 'hidden')", name="state"),
        Index("ix_listings_shop", "state", "created_ms", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), index=True)
    pack_size: Mapped[int] = mapped_column(Big)
    unit_word: Mapped[str] = mapped_column(String(40))
    price_vnd: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="on_sale")
    search_text: Mapped[str] = mapped_column(Text, default="")
    created_ms: Mapped[int] = mapped_column(Big)


class Stock(Base):
    """How much of one product a seller has. Written by `catalog.stock` alone."""

    __tablename__ = "stock"
    __table_args__ = (
        CheckConstraint("on_hand >= 0", name="on_hand"),
        CheckConstraint("allocated >= 0", name="allocated"),
        CheckConstraint("held >= 0", name="held"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), unique=True)
    on_hand: Mapped[int] = mapped_column(Big, default=0)
    allocated: Mapped[int] = mapped_column(Big, default=0)
    held: Mapped[int] = mapped_column(Big, default=0)


class Allotment(Base):
    """What one pin may sell. `granted` is part of the stock row's `held`; `used` is promised to buyers."""

    __tablename__ = "allotments"
    __table_args__ = (
        CheckConstraint("used >= 0 AND used <= granted", name="used"),
        CheckConstraint("granted >= 0", name="granted"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    stock_id: Mapped[str] = mapped_column(Id, ForeignKey("stock.id"), index=True)
    holder: Mapped[str] = mapped_column(String(40))  # opaque: "pin:…"
    granted: Mapped[int] = mapped_column(Big)
    used: Mapped[int] = mapped_column(Big, default=0)
    closed: Mapped[bool] = mapped_column(default=False)


class StockHold(Base):
    """Stock kept for one holder until a time; inside an allotment when `allotment_id` is set."""

    __tablename__ = "stock_holds"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("state IN ('active', 'ended', 'allocated')", name="state"),
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
    until_ms: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="active")
    created_ms: Mapped[int] = mapped_column(Big)


class Movement(Base):
    """One change of what is on hand or promised: never updated, never deleted, the only history.

    For each stock row the sums of the three deltas equal its three columns (`fsck` proves it).
    Live claims move `used` inside an allotment and are not movements.
    """

    __tablename__ = "stock_movements"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('receive', 'recount', 'grant', 'return', 'hold', 'release', 'allocate', 'ship')",
            name="kind",
        ),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    stock_id: Mapped[str] = mapped_column(Id, ForeignKey("stock.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    on_hand: Mapped[int] = mapped_column(Big, default=0)
    allocated: Mapped[int] = mapped_column(Big, default=0)
    held: Mapped[int] = mapped_column(Big, default=0)
    holder: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(String(200), default="")
    at_ms: Mapped[int] = mapped_column(Big)
