"""What is sold: products, the packs they are offered in, and every price those ever had."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Product(Base):
    """What it is, whoever buys it and in whatever pack.

    `kind` is a word of `catalog.kinds` ("" when unsaid). Goods leave the shelf `removal_days` before
    their best-before day; `shelf_days` is how long they keep from harvest (None: not said).
    """

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("base_unit IN ('g', 'ml', 'piece')", name="base_unit"),
        CheckConstraint("shelf_days > 0", name="shelf_days"),
        CheckConstraint("removal_days >= 0", name="removal_days"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    story: Mapped[str] = mapped_column(Text, default="")
    base_unit: Mapped[str] = mapped_column(String(5))
    art: Mapped[str] = mapped_column(String(20), default="tea")
    kind: Mapped[str] = mapped_column(String(24), default="", server_default="")
    brand: Mapped[str] = mapped_column(String(80), default="", server_default="")
    standards: Mapped[str] = mapped_column(String(300), default="", server_default="")
    shelf_days: Mapped[int | None] = mapped_column()
    removal_days: Mapped[int] = mapped_column(default=0, server_default="0")
    season_from: Mapped[int | None] = mapped_column()  # month 1–12
    season_to: Mapped[int | None] = mapped_column()
    created_ms: Mapped[int] = mapped_column(Big)


class ProductUnit(Base):
    """A word in which a product is counted and how many base units one is: bó 300 g, thùng 5 kg."""

    __tablename__ = "product_units"
    __table_args__ = (CheckConstraint("base_units > 0", name="base_units"),)

    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), primary_key=True)
    word_folded: Mapped[str] = mapped_column(String(40), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    word: Mapped[str] = mapped_column(String(40))
    base_units: Mapped[int] = mapped_column(Big)


class Listing(Base):
    """A product in a pack at a price. `pack_size` is in base units, `price_vnd` is per pack.

    A pack is the smallest legal amount: loose goods sold in steps of half a kilo have packs of 500 g.
    A combo (`is_combo`) has no stock of its own: its parts have (`combo_parts`). One that sells a
    coming harvest names its `forecast_id`.
    """

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint("pack_size > 0", name="pack_size"),
        CheckConstraint("price_vnd > 0", name="price"),
        CheckConstraint("state IN ('on_sale', 'hidden')", name="state"),
        CheckConstraint(
            "mode IN ('pack', 'at_least', 'weigh_then_pay', 'estimate_then_settle')", name="mode"
        ),
        Index("ix_listings_shop", "state", "created_ms", "id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), index=True)
    pack_size: Mapped[int] = mapped_column(Big)
    unit_word: Mapped[str] = mapped_column(String(40))
    price_vnd: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="on_sale")
    mode: Mapped[str] = mapped_column(String(24), default="pack", server_default="pack")
    is_combo: Mapped[bool] = mapped_column(default=False, server_default="0")
    forecast_id: Mapped[str | None] = mapped_column(Id, ForeignKey("forecasts.id"))
    most_transit_h: Mapped[int | None] = mapped_column(Big)  # hours its goods bear on the road
    created_ms: Mapped[int] = mapped_column(Big)


class ListingPrice(Base):
    """A price of a listing from a time on: the history, and what is scheduled (`applied` is false)."""

    __tablename__ = "listing_prices"
    __table_args__ = (
        CheckConstraint("price_vnd > 0", name="price"),
        Index("ix_listing_prices_due", "applied", "from_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"), index=True)
    price_vnd: Mapped[int] = mapped_column(Big)
    from_ms: Mapped[int] = mapped_column(Big)
    applied: Mapped[bool] = mapped_column(default=False)
    set_by: Mapped[str] = mapped_column(String(40), default="")  # "p:<person>"
    created_ms: Mapped[int] = mapped_column(Big)


class ListingTier(Base):
    """The price per pack from so many packs on (wholesale)."""

    __tablename__ = "listing_tiers"
    __table_args__ = (
        CheckConstraint("from_packs > 1", name="from_packs"),
        CheckConstraint("price_vnd > 0", name="price"),
    )

    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"), primary_key=True)
    from_packs: Mapped[int] = mapped_column(Big, primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    price_vnd: Mapped[int] = mapped_column(Big)


class ComboPart(Base):
    """What one pack of a combo is made of: so many packs of another listing of the same seller."""

    __tablename__ = "combo_parts"
    __table_args__ = (CheckConstraint("packs > 0", name="packs"),)

    combo_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"), primary_key=True)
    listing_id: Mapped[str] = mapped_column(
        Id, ForeignKey("listings.id"), primary_key=True, index=True
    )
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    packs: Mapped[int] = mapped_column(Big)


class ListingDraft(Base):
    """A listing being written on a phone, saved as typed (`body` is the form's JSON)."""

    __tablename__ = "listing_drafts"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(Text, default="{}")
    listing_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("listings.id")
    )  # once it is on sale
    updated_ms: Mapped[int] = mapped_column(Big)
