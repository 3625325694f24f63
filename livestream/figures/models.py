"""Tables of the sale day's report: devices that watched, what was declared, what is frozen, notes to it."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class SessionViewer(Base):
    """That a device watched a session while it sold: `viewer` is a hash of a random name it was given."""

    __tablename__ = "session_viewers"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    viewer: Mapped[str] = mapped_column(String(32), primary_key=True)


class DeclaredSale(Base):
    """What a seller says it sold outside the market around a session; taken back, it counts no more."""

    __tablename__ = "declared_sales"
    __table_args__ = (
        CheckConstraint("vnd > 0", name="vnd"),
        Index("ix_declared_sales_of", "session_id", "seller_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    what: Mapped[str] = mapped_column(String(160))
    vnd: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
    withdrawn_ms: Mapped[int | None] = mapped_column(Big)


class FrozenReport(Base):
    """A report as it stood seven days after the end; never changed (triggers refuse it).

    `about` is a session's id or a campaign's; a session has one a seller, a campaign one, its own seller's.
    """

    __tablename__ = "frozen_reports"
    __table_args__ = (
        CheckConstraint("kind IN ('session', 'campaign')", name="kind"),
        UniqueConstraint("kind", "about", "seller_id", name="uq_frozen_reports_about"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(Id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    body: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of body
    at_ms: Mapped[int] = mapped_column(Big)


class ReportNote(Base):
    """What somebody adds to a report: a correction stands beside the figures with its date, never in them."""

    __tablename__ = "report_notes"
    __table_args__ = (Index("ix_report_notes_about", "kind", "about", "seller_id"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(8))
    about: Mapped[str] = mapped_column(Id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    text: Mapped[str] = mapped_column(String(500))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class CampaignConsent(Base):
    """That a seller lets a campaign's seller count its figures in the campaign's report, under its name."""

    __tablename__ = "campaign_consents"

    campaign_id: Mapped[str] = mapped_column(Id, ForeignKey("campaigns.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sellers.id"), primary_key=True, index=True
    )
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
