"""Tables around a show: what was confirmed before it, who was reminded after it."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Confirmation(Base):
    """That somebody looked at a seller, its food-safety paper or a host, and until which day it counts.

    Rows are added and withdrawn, never changed: who let whom sell live can be read back.
    """

    __tablename__ = "confirmations"
    __table_args__ = (
        CheckConstraint("kind IN ('seller', 'food', 'host')", name="kind"),
        CheckConstraint("(kind = 'host') = (person_id IS NOT NULL)", name="host"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(8))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    paper: Mapped[str] = mapped_column(String(120))
    valid_until: Mapped[date] = mapped_column(Date)
    by_person_id: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    at_ms: Mapped[int] = mapped_column(Big)
    withdrawn_ms: Mapped[int | None] = mapped_column(Big)


class UnpaidReminder(Base):
    """That the buyer of an unpaid live order was reminded: once, so there is one row an order."""

    __tablename__ = "unpaid_reminders"

    order_code: Mapped[str] = mapped_column(String(10), primary_key=True)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), index=True)
    by_person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    at_ms: Mapped[int] = mapped_column(Big)
