"""The table of streams: one a session, whatever engine carries it."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id


class LiveStream(Base):
    """The stream of a session. `id` is the engine's name for it, and is told to who may watch or send.

    `state`: `opened` (nothing was sent yet), `sending`, `silent` (lost, may come back), `closed` (for good).
    `heard_ms` is when the engine last said that it goes on; `news_number` the newest piece of news taken.
    """

    __tablename__ = "live_streams"
    __table_args__ = (
        CheckConstraint("state IN ('opened', 'sending', 'silent', 'closed')", name="state"),
        CheckConstraint("mode IN ('picture', 'sound')", name="mode"),
        CheckConstraint("(state = 'closed') = (closed_ms IS NOT NULL)", name="closed"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), unique=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    engine: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(8), default="opened", index=True)
    mode: Mapped[str] = mapped_column(String(8), default="picture")
    publisher: Mapped[str] = mapped_column(String(64), default="")
    photo: Mapped[str] = mapped_column(String(64), default="")
    why: Mapped[str] = mapped_column(String(40), default="")  # the newest reason the engine gave
    news_number: Mapped[int] = mapped_column(Big, default=0)
    opened_ms: Mapped[int] = mapped_column(Big)
    started_ms: Mapped[int | None] = mapped_column(Big)
    heard_ms: Mapped[int | None] = mapped_column(Big)
    closed_ms: Mapped[int | None] = mapped_column(Big)
    closed_why: Mapped[str] = mapped_column(String(40), default="")
