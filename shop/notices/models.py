"""Tables of notices: what people are to be told, each try to tell them, and where they can be reached."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Notice(Base):
    """One thing one person is to be told; `event_key` keeps it one however often the event is heard."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'seen', 'to_call', 'reached', 'given_up',"
            " 'stale')",
            name="state",
        ),
        Index("ix_notices_due", "state", "due_ms"),
        Index("ix_notices_of_seller", "seller_id", "made_ms"),
        Index("ix_notices_of_person", "person_id", "made_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    event_key: Mapped[str] = mapped_column(String(80), unique=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    # The device that did what it is about: it may be told although it has not proved the number.
    device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    name: Mapped[str] = mapped_column(String(80))  # as they are addressed
    phone: Mapped[str] = mapped_column(String(16))  # E.164, "" for none
    kind: Mapped[str] = mapped_column(String(20))
    facts: Mapped[str] = mapped_column(Text)  # JSON: what the words are made of
    path: Mapped[str] = mapped_column(String(200))  # where its link leads
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    made_ms: Mapped[int] = mapped_column(Big)
    due_ms: Mapped[int] = mapped_column(Big)
    stale_ms: Mapped[int | None] = mapped_column(Big)
    ended_ms: Mapped[int | None] = mapped_column(Big)


class NoticeTry(Base):
    """One try to tell a notice by one road, with the words as they went and what became of them.

    `again_ms` is when a road that could not take it now may be taken again; `shown_ms` when a device said
    that it showed it.
    """

    __tablename__ = "notice_tries"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('started', 'sending', 'sent', 'refused', 'unknown', 'reached', 'missed')",
            name="outcome",
        ),
        UniqueConstraint("notice_id", "number", name="uq_notice_tries_number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    notice_id: Mapped[str] = mapped_column(Id, ForeignKey("notices.id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column()  # from 1 on within the notice
    road: Mapped[str] = mapped_column(String(8))
    outcome: Mapped[str] = mapped_column(String(8), default="started")
    words: Mapped[str] = mapped_column(Text, default="")
    detail: Mapped[str] = mapped_column(String(120), default="")
    actor: Mapped[str] = mapped_column(String(40), default="")
    at_ms: Mapped[int] = mapped_column(Big)
    again_ms: Mapped[int | None] = mapped_column(Big)
    shown_ms: Mapped[int | None] = mapped_column(Big)


class Mailbox(Base):
    """Where a person wants to be written to, once they opened the link sent there; and their language."""

    __tablename__ = "mailboxes"

    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), primary_key=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    lang: Mapped[str] = mapped_column(String(2), default="vi")
    token: Mapped[str] = mapped_column(String(43), default="")
    confirmed_ms: Mapped[int | None] = mapped_column(Big)
    changed_ms: Mapped[int] = mapped_column(Big)


class PushDevice(Base):
    """A device whose browser asked to be told, and how it is written to (RFC 8030, 8291)."""

    __tablename__ = "push_devices"

    device_id: Mapped[str] = mapped_column(Id, ForeignKey("auth_sessions.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(600), unique=True)
    p256dh: Mapped[str] = mapped_column(String(90))
    auth: Mapped[str] = mapped_column(String(24))
    lang: Mapped[str] = mapped_column(String(2))
    since_ms: Mapped[int] = mapped_column(Big)
