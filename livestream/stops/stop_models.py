"""Tables of stops by order: who stopped which show and why, and what its sellers answered. Never changed."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class SessionStop(Base):
    """That an officer stopped a show: the audit trail's line of it. Triggers refuse every change.

    `scope` is `all` (sale and picture) or `replay` (only what was recorded is hidden).
    """

    __tablename__ = "session_stops"
    __table_args__ = (
        CheckConstraint("scope IN ('all', 'replay')", name="scope"),
        CheckConstraint(
            "reason IN ('forbidden', 'unsafe', 'false_claim', 'fraud', 'harm', 'other')",
            name="reason",
        ),
    )

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(80))  # the officer's, as it was then
    office: Mapped[str] = mapped_column(String(120))
    scope: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(12))
    words: Mapped[str] = mapped_column(String(500))
    state_was: Mapped[str] = mapped_column(String(12))
    claims_released: Mapped[int] = mapped_column()
    orders_ended: Mapped[int] = mapped_column()
    orders_frozen: Mapped[int] = mapped_column()
    at_ms: Mapped[int] = mapped_column(Big)


class StopReply(Base):
    """What one of the sellers concerned answered to a stop; read by officers, never changed."""

    __tablename__ = "stop_replies"
    __table_args__ = (Index("ix_stop_replies_of_session", "session_id", "seller_id", "at_ms"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("session_stops.session_id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(80))
    words: Mapped[str] = mapped_column(String(500))
    at_ms: Mapped[int] = mapped_column(Big)
