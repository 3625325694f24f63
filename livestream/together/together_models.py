"""Tables of selling together: who was asked into whose session, and the campaigns sessions belong to."""

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Invitation(Base):
    """The organiser of a session asks another seller in; what that seller answered, and when.

    `answered_ms` while `accepted` is the date of the consent that the seller's pins carry.
    """

    __tablename__ = "live_invitations"
    __table_args__ = (
        CheckConstraint(
            "state IN ('invited', 'accepted', 'refused', 'withdrawn', 'cancelled')", name="state"
        ),
        CheckConstraint("(state = 'invited') = (answered_ms IS NULL)", name="answered"),
    )

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sellers.id"), primary_key=True, index=True
    )
    state: Mapped[str] = mapped_column(String(10), default="invited")
    asked_by: Mapped[str] = mapped_column(String(24))
    asked_ms: Mapped[int] = mapped_column(Big)
    answered_by: Mapped[str] = mapped_column(String(24), default="")
    answered_ms: Mapped[int | None] = mapped_column(Big)


class Campaign(Base):
    """Several sessions and sellers under one name, with one page: a province's sale days."""

    __tablename__ = "campaigns"
    __table_args__ = (CheckConstraint("ends_ms > starts_ms", name="days"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    story: Mapped[str] = mapped_column(String(1000), default="")
    starts_ms: Mapped[int] = mapped_column(Big)
    ends_ms: Mapped[int] = mapped_column(Big, index=True)
    created_ms: Mapped[int] = mapped_column(Big)


class CampaignPartner(Base):
    """Who stands behind a campaign, in the order in which they are named."""

    __tablename__ = "campaign_partners"
    __table_args__ = (UniqueConstraint("campaign_id", "position"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    campaign_id: Mapped[str] = mapped_column(Id, ForeignKey("campaigns.id"))
    position: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(120))


class CampaignShow(Base):
    """A session in a campaign: `asked` by its own seller, `listed` once the campaign's seller agrees.

    A session is in one campaign at most, so that "what comes next" has one answer.
    """

    __tablename__ = "campaign_shows"
    __table_args__ = (CheckConstraint("state IN ('asked', 'listed')", name="state"),)

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    campaign_id: Mapped[str] = mapped_column(Id, ForeignKey("campaigns.id"), index=True)
    state: Mapped[str] = mapped_column(String(6))
    since_ms: Mapped[int] = mapped_column(Big)


class Elsewhere(Base):
    """Where else a session is shown: its page on Facebook, TikTok, YouTube or Zalo."""

    __tablename__ = "live_elsewhere"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    url: Mapped[str] = mapped_column(String(300))
