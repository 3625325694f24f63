"""Tables of reliability: what happened, what each seller asks, what buyers answer. Amounts are đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class ReliabilityFact(Base):
    """One buyer did not come for one thing at one seller; deleted after 180 days.

    `occasion` is the order's code, or `live:<session>`: one evening counts once. `device_id` is where it
    was ordered, so that only its buyer is told of it (ADR 0004).
    """

    __tablename__ = "reliability_facts"
    __table_args__ = (
        UniqueConstraint("seller_id", "person_id", "kind", "occasion"),
        CheckConstraint("kind IN ('unpaid', 'refused')", name="kind"),
        Index("ix_reliability_facts_at", "at_ms"),
        Index("ix_reliability_facts_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    occasion: Mapped[str] = mapped_column(String(30))
    order_code: Mapped[str | None] = mapped_column(String(10), ForeignKey("orders.code"))
    device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    at_ms: Mapped[int] = mapped_column(Big)
    forgiven_ms: Mapped[int | None] = mapped_column(Big)
    forgiven_by: Mapped[str] = mapped_column(String(40), default="")
    forgiven_why: Mapped[str] = mapped_column(String(200), default="")


class DepositSetting(Base):
    """How much a seller asks beforehand from `from_ms` on; the newest counts, none is changed."""

    __tablename__ = "deposit_settings"
    __table_args__ = (
        CheckConstraint("way IN ('percent', 'sum', 'none')", name="way"),
        CheckConstraint("worth >= 0 AND (way <> 'percent' OR worth <= 100)", name="worth"),
        Index("ix_deposit_settings_of_seller", "seller_id", "from_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    way: Mapped[str] = mapped_column(String(8))
    worth: Mapped[int] = mapped_column(Big)
    from_ms: Mapped[int] = mapped_column(Big)
    made_by: Mapped[str] = mapped_column(String(40))


class DepositAppeal(Base):
    """What a buyer says to being asked a deposit, and the answer; deleted after 180 days.

    `open_key` names buyer and seller while nobody has answered: one waits at a time.
    """

    __tablename__ = "deposit_appeals"
    __table_args__ = (
        UniqueConstraint("open_key"),
        CheckConstraint("answer IN ('', 'forgiven', 'kept')", name="answer"),
        CheckConstraint("(open_key IS NULL) = (answer <> '')", name="open_key"),
        Index("ix_deposit_appeals_of_seller", "seller_id", "person_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    open_key: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str] = mapped_column(String(300))
    at_ms: Mapped[int] = mapped_column(Big)
    answer: Mapped[str] = mapped_column(String(8), default="")
    why: Mapped[str] = mapped_column(String(200), default="")
    by_officer: Mapped[bool] = mapped_column(default=False)
    answered_by: Mapped[str] = mapped_column(String(40), default="")
    answered_ms: Mapped[int | None] = mapped_column(Big)
