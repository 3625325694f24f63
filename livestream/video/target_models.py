"""Tables of the places a seller also shows its picture at, which session uses one, who changed what."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class RestreamTarget(Base):
    """A place that takes a seller's picture by RTMP. `key` is sealed (`core.vault`), `tail` its end."""

    __tablename__ = "restream_targets"
    __table_args__ = (
        CheckConstraint("kind IN ('facebook', 'youtube', 'other')", name="kind"),
        CheckConstraint("key <> ''", name="key"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(Text)
    tail: Mapped[str] = mapped_column(String(4))
    created_ms: Mapped[int] = mapped_column(Big)


class RestreamUse(Base):
    """That a session is also shown at a target (`is_on`), and how that stands as the engine last told."""

    __tablename__ = "restream_uses"
    __table_args__ = (
        CheckConstraint(
            "state IN ('waiting', 'connecting', 'live', 'retrying', 'refused', 'off')", name="state"
        ),
        CheckConstraint("tries >= 0", name="tries"),
    )

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    target_id: Mapped[str] = mapped_column(
        Id, ForeignKey("restream_targets.id"), primary_key=True, index=True
    )
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    is_on: Mapped[bool] = mapped_column()
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column()
    state_ms: Mapped[int] = mapped_column(Big)


class RestreamChange(Base):
    """Who added, replaced, removed or switched what: kept when the target is gone, and never with a key."""

    __tablename__ = "restream_changes"
    __table_args__ = (
        CheckConstraint("what IN ('added', 'key', 'removed', 'on', 'off')", name="what"),
        Index("ix_restream_changes_seller_id", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    target_id: Mapped[str] = mapped_column(Id)
    name: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
