"""Tables of recordings: what was recorded of a session, what was done with it, how long it is kept."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id, Serial


class SessionRecording(Base):
    """What the engine kept of a session's stream. `pieces` is JSON: [[filmed at, length], …], both in ms.

    `state`: `kept`; `going` (its time is over, the engine is being told), `gone` (deleted, only this row and
    its acts stay). A hidden one is kept and shown to nobody; a held one is not deleted, whatever its time.
    """

    __tablename__ = "session_recordings"
    __table_args__ = (
        CheckConstraint("state IN ('kept', 'going', 'gone')", name="state"),
        CheckConstraint("held_ms IS NULL OR state = 'kept'", name="held"),
        CheckConstraint("length_ms >= 0 AND size_bytes >= 0", name="size"),
    )

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    stream: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[str] = mapped_column(String(5), default="kept", index=True)
    began_ms: Mapped[int] = mapped_column(Big)
    length_ms: Mapped[int] = mapped_column(Big)
    size_bytes: Mapped[int] = mapped_column(Big)
    digest: Mapped[str] = mapped_column(String(64))
    pieces: Mapped[str] = mapped_column(Text)
    noted_ms: Mapped[int] = mapped_column(Big)
    hidden_ms: Mapped[int | None] = mapped_column(Big)
    held_ms: Mapped[int | None] = mapped_column(Big)
    asked_ms: Mapped[int | None] = mapped_column(Big)  # when the engine was last told to delete it
    gone_ms: Mapped[int | None] = mapped_column(Big)


class RecordingAct(Base):
    """One thing that was done with a recording: by whom, in which office, why. Never changed or deleted.

    `digest` is the recording's own at that moment, so that what was kept can be proved against it.
    """

    __tablename__ = "recording_acts"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('closed', 'hidden', 'shown', 'held', 'released', 'due', 'deleted')",
            name="kind",
        ),
        Index("ix_recording_acts_session", "session_id", "id"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    kind: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40), default="")  # "": the market itself
    name: Mapped[str] = mapped_column(String(120), default="")
    office: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(300), default="")
    digest: Mapped[str] = mapped_column(String(64))
    at_ms: Mapped[int] = mapped_column(Big)


class RetentionTerm(Base):
    """How many months recordings are kept from a moment on, and where that is written. Never changed."""

    __tablename__ = "retention_terms"
    __table_args__ = (CheckConstraint("months > 0", name="months"),)

    from_ms: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    months: Mapped[int] = mapped_column()
    source: Mapped[str] = mapped_column(String(300))
    made_by: Mapped[str] = mapped_column(String(40))
