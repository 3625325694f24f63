"""What things cost at the market, by kind and commune; what a manager proposes for goods near their day."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class MarketPrice(Base):
    """A price somebody in office saw at a market: đồng per kilo, litre or piece, with its source."""

    __tablename__ = "market_prices"
    __table_args__ = (
        CheckConstraint("price_vnd > 0", name="price"),
        Index("ix_market_prices_week", "kind", "seen_on"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(24))
    commune_code: Mapped[str] = mapped_column(String(5), default="")
    price_vnd: Mapped[int] = mapped_column(Big)
    seen_on: Mapped[date] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)


class SoldPrice(Base):
    """What one paid line of an order came to, without its buyer: đồng per kilo, litre or piece."""

    __tablename__ = "sold_prices"
    __table_args__ = (
        CheckConstraint("price_vnd > 0", name="price"),
        Index("ix_sold_prices_week", "kind", "sold_on"),
    )

    line: Mapped[str] = mapped_column(String(40), primary_key=True)  # opaque, once per line
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(24))
    commune_code: Mapped[str] = mapped_column(String(5), default="")
    price_vnd: Mapped[int] = mapped_column(Big)
    sold_on: Mapped[date] = mapped_column(Date)


class FreshnessRule(Base):
    """What the manager would take off a product so many days before its best-before day. Only a proposal."""

    __tablename__ = "freshness_rules"
    __table_args__ = (
        CheckConstraint("days >= 0", name="days"),
        CheckConstraint("percent_off > 0 AND percent_off <= 90", name="percent_off"),
    )

    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    percent_off: Mapped[int] = mapped_column()
