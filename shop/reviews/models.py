"""Tables of reviews and of who follows whom."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Review(Base):
    """One to five stars and some words of a buyer about one listing of one order; one reply of the seller."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("order_code", "listing_id"),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),
        Index("ix_reviews_of_product", "product_id", "at_ms"),
        Index("ix_reviews_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"))
    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"))
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    stars: Mapped[int] = mapped_column()
    words: Mapped[str] = mapped_column(Text, default="")
    at_ms: Mapped[int] = mapped_column(Big)
    edited_ms: Mapped[int | None] = mapped_column(Big)
    reply: Mapped[str] = mapped_column(Text, default="")
    reply_ms: Mapped[int | None] = mapped_column(Big)
    reply_by: Mapped[str] = mapped_column(String(40), default="")
    hidden_ms: Mapped[int | None] = mapped_column(Big)
    hidden_by: Mapped[str] = mapped_column(String(40), default="")
    hidden_why: Mapped[str] = mapped_column(String(200), default="")


class Follow(Base):
    """A person who wants to hear when a seller goes live or has something new."""

    __tablename__ = "seller_follows"

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sellers.id"), primary_key=True, index=True
    )
    since_ms: Mapped[int] = mapped_column(Big)
