"""Tables of cash: purses, and what was put in or taken out by hand. Amounts are integer đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

_OPEN = text("closed_ms IS NULL")


class Purse(Base):
    """The cash one person of a seller carries, from one count to the next; one open purse a person.

    What orders brought is in `payments` under the person's name, from `since_ms` until before `closed_ms`.
    """

    __tablename__ = "purses"
    __table_args__ = (
        CheckConstraint("float_vnd >= 0 AND counted_vnd >= 0", name="signs"),
        CheckConstraint(
            "(closed_ms IS NULL) = (counted_vnd IS NULL)"
            " AND (closed_ms IS NULL) = (expected_vnd IS NULL)",
            name="counted_when_closed",
        ),
        Index(
            "ix_purses_open",
            "seller_id",
            "keeper",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_purses_of_seller", "seller_id", "opened_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    keeper: Mapped[str] = mapped_column(String(40))  # Login.actor
    keeper_name: Mapped[str] = mapped_column(String(80))
    float_vnd: Mapped[int] = mapped_column(Big)
    since_ms: Mapped[int] = mapped_column(Big)  # the last count of this keeper here
    opened_ms: Mapped[int] = mapped_column(Big)
    closed_ms: Mapped[int | None] = mapped_column(Big)
    expected_vnd: Mapped[int | None] = mapped_column(Big)
    counted_vnd: Mapped[int | None] = mapped_column(Big)
    note: Mapped[str] = mapped_column(String(200), default="")


class PurseMove(Base):
    """Cash put into a purse or taken out of it by hand, and why; never changed."""

    __tablename__ = "purse_moves"
    __table_args__ = (
        CheckConstraint("kind IN ('in', 'out')", name="kind"),
        CheckConstraint("amount_vnd > 0", name="amount"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    purse_id: Mapped[str] = mapped_column(Id, ForeignKey("purses.id"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(3))
    amount_vnd: Mapped[int] = mapped_column(Big)
    note: Mapped[str] = mapped_column(String(200))
    at_ms: Mapped[int] = mapped_column(Big)
