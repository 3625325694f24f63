"""The cooperative's book: who grows, where, under which papers. Household classes never leave the book."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Member(Base):
    """A grower whose harvest a cooperative sells. `commune_code` is one of `catalog.communes`.

    `name_folded` has the given name first (`hoa nguyen thi`): what lists are sorted and searched by.
    """

    __tablename__ = "members"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    name_folded: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[str] = mapped_column(String(16), default="")
    commune_code: Mapped[str] = mapped_column(String(5), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    joined_on: Mapped[date | None] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    notes: Mapped[str] = mapped_column(Text, default="")
    created_ms: Mapped[int] = mapped_column(Big)


class Plot(Base):
    """A piece of land of a member, with its growing-area code where it has one."""

    __tablename__ = "plots"
    __table_args__ = (CheckConstraint("area_m2 > 0", name="area_m2"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    member_id: Mapped[str] = mapped_column(Id, ForeignKey("members.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    commune_code: Mapped[str] = mapped_column(String(5), default="")
    place_code: Mapped[str] = mapped_column(String(30), default="")  # mã số vùng trồng
    area_m2: Mapped[int | None] = mapped_column(Big)
    crop: Mapped[str] = mapped_column(String(80), default="")


class Household(Base):
    """The class of a member's household from a day on, with who says so and that they agreed."""

    __tablename__ = "households"
    __table_args__ = (CheckConstraint("class IN ('poor', 'near_poor', 'other')", name="class"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    member_id: Mapped[str] = mapped_column(Id, ForeignKey("members.id"), index=True)
    class_: Mapped[str] = mapped_column("class", String(10))
    from_on: Mapped[date] = mapped_column(Date)
    until_on: Mapped[date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200))
    consented_on: Mapped[date] = mapped_column(Date)
    actor: Mapped[str] = mapped_column(String(40), default="")
    created_ms: Mapped[int] = mapped_column(Big)


class Certificate(Base):
    """A paper of the seller, of one product or of one member, good from a day to a day.

    Some have no last day (a geographical indication). One taken back (`withdrawn_on`) counts no more
    from that day on, and says why.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("kind IN ('ocop', 'vietgap', 'organic', 'gi', 'other')", name="kind"),
        CheckConstraint("(kind = 'ocop') = (stars IS NOT NULL)", name="ocop_has_stars"),
        CheckConstraint("stars BETWEEN 3 AND 5", name="stars"),
        CheckConstraint("valid_until >= valid_from", name="validity"),
        CheckConstraint("valid_until IS NOT NULL OR kind IN ('gi', 'other')", name="ends"),
        CheckConstraint("product_id IS NULL OR member_id IS NULL", name="one_holder"),
        Index("ix_certificates_ends", "valid_until"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    product_id: Mapped[str | None] = mapped_column(Id, ForeignKey("products.id"), index=True)
    member_id: Mapped[str | None] = mapped_column(Id, ForeignKey("members.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    stars: Mapped[int | None] = mapped_column()
    name: Mapped[str] = mapped_column(String(120), default="")
    number: Mapped[str] = mapped_column(String(60))
    issuer: Mapped[str] = mapped_column(String(120))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)  # the last day it counts
    withdrawn_on: Mapped[date | None] = mapped_column(Date)
    why: Mapped[str] = mapped_column(String(200), default="")
    reminded_ms: Mapped[int | None] = mapped_column(Big)
    created_ms: Mapped[int] = mapped_column(Big)
