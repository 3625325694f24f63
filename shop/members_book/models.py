"""Tables of the members' book: dated terms, prices and deductions, and whose each sold line is now."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class BookTerms(Base):
    """How a cooperative owes its members from a moment on, for what is weighed in after it."""

    __tablename__ = "book_terms"
    __table_args__ = (
        CheckConstraint("mode IN ('bought_at_intake', 'share_of_sale')", name="mode"),
        Index("ix_book_terms_of_seller", "seller_id", "from_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    mode: Mapped[str] = mapped_column(String(16))
    from_ms: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class GradePrice(Base):
    """What a grade ("": any) of members' goods costs from a moment on: đồng for a kilo, litre or piece."""

    __tablename__ = "grade_prices"
    __table_args__ = (
        CheckConstraint("price_vnd > 0", name="price"),
        Index("ix_grade_prices_of_product", "seller_id", "product_id", "from_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"))
    grade: Mapped[str] = mapped_column(String(40))
    price_vnd: Mapped[int] = mapped_column(Big)
    from_ms: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class DeductionRate(Base):
    """What is kept of members' shares from a moment on, in hundredths of a percent; 0 ends it."""

    __tablename__ = "deduction_rates"
    __table_args__ = (
        CheckConstraint("kind IN ('packing', 'fund', 'other')", name="kind"),
        CheckConstraint("rate >= 0 AND rate <= 10000", name="rate"),
        Index("ix_deduction_rates_of_seller", "seller_id", "from_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(8))
    rate: Mapped[int] = mapped_column()
    from_ms: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class SaleShare(Base):
    """Whose a sold line is as of now: base units, đồng earned, and đồng it comes to once all money is there.

    Worked out anew from the facts of the order; the book's entries follow it.
    """

    __tablename__ = "sale_shares"
    __table_args__ = (
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("earned_vnd >= 0 AND whole_vnd >= earned_vnd", name="sums"),
        Index("ix_sale_shares_of_member", "seller_id", "member_id"),
    )

    line_id: Mapped[str] = mapped_column(Id, ForeignKey("order_lines.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[str] = mapped_column(Id, ForeignKey("members.id"), primary_key=True)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    name: Mapped[str] = mapped_column(String(120))
    base_unit: Mapped[str] = mapped_column(String(5))
    quantity: Mapped[int] = mapped_column(Big)
    gone: Mapped[bool] = mapped_column()  # handed over
    earned_vnd: Mapped[int] = mapped_column(Big)
    whole_vnd: Mapped[int] = mapped_column(Big)
