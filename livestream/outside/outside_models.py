"""Tables of what people said elsewhere: who they are there, which comments were taken, who asked too late."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class OutsideBuyer(Base):
    """A nick on another channel, in one session; `person_id` stands for it until somebody takes its claims.

    `key` opens the page where its owner gives a number, once: then `taken_by` and the device are theirs.
    """

    __tablename__ = "outside_buyers"
    __table_args__ = (UniqueConstraint("session_id", "source", "nick"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    source: Mapped[str] = mapped_column(String(12))
    nick: Mapped[str] = mapped_column(String(80))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(32), unique=True)
    taken_by: Mapped[str | None] = mapped_column(Id, ForeignKey("people.id"))
    taken_device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    taken_ms: Mapped[int | None] = mapped_column(Big)
    created_ms: Mapped[int] = mapped_column(Big)


class OutsideComment(Base):
    """A comment that was taken in, so that it is not taken again by whatever road it comes.

    `mark` is who wrote what, hashed: it finds a comment that came without an id of its own.
    """

    __tablename__ = "outside_comments"
    __table_args__ = (
        UniqueConstraint("session_id", "source", "source_comment_id"),
        Index("ix_outside_comments_mark", "session_id", "source", "mark"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    source: Mapped[str] = mapped_column(String(12))
    source_comment_id: Mapped[str | None] = mapped_column(String(100))
    mark: Mapped[str] = mapped_column(String(32))
    created_ms: Mapped[int] = mapped_column(Big)


class Lead(Base):
    """Somebody elsewhere who wanted a pin's goods when the show was over: to be answered, never a hold."""

    __tablename__ = "leads"
    __table_args__ = (
        CheckConstraint("packs > 0", name="packs"),
        Index("ix_leads_session", "session_id", "handled_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    pin_id: Mapped[str] = mapped_column(Id, ForeignKey("pins.id"))
    source: Mapped[str] = mapped_column(String(12))
    nick: Mapped[str] = mapped_column(String(80))
    packs: Mapped[int] = mapped_column(Big)
    handled_ms: Mapped[int | None] = mapped_column(Big)
    created_ms: Mapped[int] = mapped_column(Big)
