"""Tables of live sales: sessions, pins, claims, comments and the gapless event log."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id, Serial
from core.ids import new_id


class LiveSession(Base):
    """A scheduled, running or ended live sale.

    `last_number` and `last_seq` are raised in the transaction that uses them; the row's lock makes
    claim number, log order and commit order the same (promise P9).
    """

    __tablename__ = "live_sessions"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'checked', 'rehearsal', 'live', 'interrupted', 'ended', 'replay',"
            " 'archived', 'cancelled')",
            name="state",
        ),
        CheckConstraint("hold_rule IN ('until_end_plus', 'minutes')", name="hold_rule"),
        CheckConstraint("kind IN ('sale', 'training')", name="kind"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(
        Id, ForeignKey("sellers.id"), index=True
    )  # the organiser
    title: Mapped[str] = mapped_column(String(120))
    # A lesson (`training`) sells nothing: its pins are for practice and have no listing.
    kind: Mapped[str] = mapped_column(String(8), default="sale", server_default="sale")
    guide: Mapped[str] = mapped_column(String(80), default="", server_default="")
    place: Mapped[str] = mapped_column(String(160), default="", server_default="")
    state: Mapped[str] = mapped_column(String(12), default="draft")
    hold_rule: Mapped[str] = mapped_column(String(14), default="until_end_plus")
    hold_minutes: Mapped[int] = mapped_column(default=30)
    planned_start_ms: Mapped[int | None] = mapped_column(Big)
    planned_end_ms: Mapped[int] = mapped_column(Big)
    announcement: Mapped[str] = mapped_column(String(300), default="")
    slow_s: Mapped[int] = mapped_column(default=0)  # seconds between two lines of one person
    staff_only: Mapped[bool] = mapped_column(default=False)
    barred: Mapped[int] = mapped_column(default=0)  # how many people `chat_bars` names
    last_number: Mapped[int] = mapped_column(Big, default=0)
    last_seq: Mapped[int] = mapped_column(Big, default=0)
    created_ms: Mapped[int] = mapped_column(Big)
    started_ms: Mapped[int | None] = mapped_column(Big)
    ended_ms: Mapped[int | None] = mapped_column(Big)


class Pin(Base):
    """A seller's listing in a session under a short code, with what was agreed for it frozen."""

    __tablename__ = "pins"
    __table_args__ = (
        UniqueConstraint("session_id", "code"),
        CheckConstraint("state IN ('queued', 'showing', 'side', 'closed')", name="state"),
        CheckConstraint("price_vnd > 0", name="price"),
        CheckConstraint("limit_packs > 0", name="limit"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    consent_ms: Mapped[int] = mapped_column(Big)
    listing_id: Mapped[str | None] = mapped_column(
        Id, ForeignKey("listings.id")
    )  # none: practice goods
    allotment_id: Mapped[str] = mapped_column(Id, ForeignKey("allotments.id"), unique=True)
    code: Mapped[str] = mapped_column(String(5))
    position: Mapped[int] = mapped_column()
    state: Mapped[str] = mapped_column(String(8), default="queued")
    on_screen: Mapped[bool] = mapped_column(default=False)  # the room knows of it, closed or not
    name: Mapped[str] = mapped_column(String(120))
    art: Mapped[str] = mapped_column(String(20))
    unit_word: Mapped[str] = mapped_column(String(40))
    base_unit: Mapped[str] = mapped_column(String(5))
    pack_size: Mapped[int] = mapped_column(Big)
    shop_price_vnd: Mapped[int] = mapped_column(Big)
    price_vnd: Mapped[int] = mapped_column(Big)
    previous_price_vnd: Mapped[int] = mapped_column(
        Big
    )  # for claims received before price_since_ms
    price_since_ms: Mapped[int] = mapped_column(Big)
    packs: Mapped[int] = mapped_column(Big)  # what the pin may sell in all, the paid ones included
    limit_packs: Mapped[int] = mapped_column(Big)
    flash_price_vnd: Mapped[int | None] = mapped_column(Big)
    flash_starts_ms: Mapped[int | None] = mapped_column(Big)
    flash_ends_ms: Mapped[int | None] = mapped_column(Big)
    flash_packs: Mapped[int | None] = mapped_column(Big)  # None: no cap
    flash_limit_packs: Mapped[int | None] = mapped_column(Big)
    flash_over: Mapped[bool] = mapped_column(default=False, server_default="0")  # ended early

    @property
    def goods(self) -> str:
        """The id of the listing it sells; "" for practice goods, which nobody sells."""
        return self.listing_id or ""


class Claim(Base):
    """A buyer's "I take it": one row, one number, `held` and `waiting` packs.

    `held` is what is promised now (0 once it expired, was withdrawn or lapsed); `ordered_packs` is what
    went into the order, so that late money finds it. `offered` of what is held came from the waiting list
    and nobody told the buyer yet; at `reach_by_ms` it goes to the next, who comes before this one until
    they are heard of again (`passed_ms`).
    """

    __tablename__ = "claims"
    __table_args__ = (
        UniqueConstraint("session_id", "number"),
        CheckConstraint("held >= 0 AND waiting >= 0 AND asked > 0", name="packs"),
        CheckConstraint("offered >= 0 AND offered <= held", name="offered"),
        CheckConstraint(
            "state IN ('none', 'held', 'ordered', 'paid', 'expired', 'withdrawn', 'released', 'lapsed',"
            " 'refunded')",
            name="state",
        ),
        CheckConstraint(
            "wait_state IN ('none', 'waiting', 'offered', 'left', 'ended')", name="wait_state"
        ),
        Index("ix_claims_buyer", "pin_id", "person_id"),
        Index("ix_claims_waiting", "wait_state", "pin_id", "number"),
        Index("ix_claims_expiry", "state", "expires_ms", "pin_id"),
        Index("ix_claims_person", "person_id", "session_id"),
        Index("ix_claims_reach", "reach_by_ms", "pin_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    pin_id: Mapped[str] = mapped_column(Id, ForeignKey("pins.id"))
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    number: Mapped[int] = mapped_column(Big)
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    name_masked: Mapped[str] = mapped_column(String(20))
    asked: Mapped[int] = mapped_column(Big)
    held: Mapped[int] = mapped_column(Big)
    waiting: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10))
    wait_state: Mapped[str] = mapped_column(String(8))
    ordered_packs: Mapped[int] = mapped_column(Big, default=0)
    unit_price_vnd: Mapped[int] = mapped_column(Big)
    expires_ms: Mapped[int | None] = mapped_column(Big)
    offered: Mapped[int] = mapped_column(Big, default=0, server_default="0")
    reach_by_ms: Mapped[int | None] = mapped_column(Big)
    passed_ms: Mapped[int | None] = mapped_column(Big)
    order_code: Mapped[str | None] = mapped_column(String(10), index=True)
    source: Mapped[str] = mapped_column(String(8))  # button | comment
    comment_id: Mapped[str | None] = mapped_column(Id)
    created_ms: Mapped[int] = mapped_column(Big)
    paid_ms: Mapped[int | None] = mapped_column(Big)


class Call(Base):
    """A call (or message) of a seller's staff to one of its buyers about a session, and what came of it."""

    __tablename__ = "calls"
    __table_args__ = (
        CheckConstraint("reason IN ('offer', 'hold', 'order')", name="reason"),
        CheckConstraint("result IN ('reached', 'missed')", name="result"),
        Index("ix_calls_session", "session_id", "seller_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(8))
    result: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class LogEntry(Base):
    """One entry of a session's event log; `seq` is gapless and given in the writing transaction."""

    __tablename__ = "live_log"

    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(Big, primary_key=True)
    type: Mapped[str] = mapped_column(String(24))
    data: Mapped[str] = mapped_column(Text)
    at_ms: Mapped[int] = mapped_column(Big)


class Comment(Base):
    """What somebody wrote, with phone numbers already masked, and how it was read.

    `position` grows; it is given under the session's lock, so within one session it is commit order.
    """

    __tablename__ = "comments"
    __table_args__ = (Index("ix_comments_session", "session_id", "position"),)

    position: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(Id, unique=True, default=new_id)
    session_id: Mapped[str] = mapped_column(Id, ForeignKey("live_sessions.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(Id, ForeignKey("auth_sessions.id"))
    name_masked: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(500))
    kind: Mapped[str] = mapped_column(String(10))  # claim | withdraw | question | chat | ambiguous
    why: Mapped[str] = mapped_column(String(120), default="")
    at_ms: Mapped[int] = mapped_column(Big)
    hidden: Mapped[str] = mapped_column(String(10), default="")  # why the room does not see it
    proved: Mapped[bool] = mapped_column(default=False)  # said on a proved device
    staff: Mapped[bool] = mapped_column(default=False)  # by one of the organiser's people
    handled_ms: Mapped[int | None] = mapped_column(Big)  # a moderator has dealt with it
