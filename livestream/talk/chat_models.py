"""Tables of the room's talk: who may not speak, what is not shown, and whom a moderator helped to claim."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id, Serial
from core.ids import new_id


class ChatBar(Base):
    """Somebody whose words (`muted`) or words and orders (`banned`) this session does not take.

    `everywhere` says that it holds on the person's proved devices too: whoever only typed a number
    must not silence its owner (ADR 0004).
    """

    __tablename__ = "chat_bars"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id"),
        CheckConstraint("kind IN ('muted', 'banned')", name="kind"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(6))
    everywhere: Mapped[bool] = mapped_column()
    name_masked: Mapped[str] = mapped_column(String(20))
    actor: Mapped[str] = mapped_column(String(40))  # who of the staff did it
    at_ms: Mapped[int] = mapped_column(Big)


class MutedWord(Base):
    """A word or phrase, as `chat_text.plain` writes it, that keeps a line out of a seller's rooms."""

    __tablename__ = "muted_words"

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)


class ChatRemoval(Base):
    """A line that was shown and then taken out of sight; `position` grows under the session's lock."""

    __tablename__ = "chat_removals"
    __table_args__ = (Index("ix_chat_removals_session", "session_id", "position"),)

    position: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    comment_id: Mapped[str] = mapped_column(Id)


class HelpedClaim(Base):
    """A claim that one of the organiser's people made for its buyer: from a comment, a call or a nick."""

    __tablename__ = "helped_claims"

    claim_id: Mapped[str] = mapped_column(Id, ForeignKey("claims.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    by_person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    at_ms: Mapped[int] = mapped_column(Big)
