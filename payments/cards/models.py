"""Tables of cards: accounts at Stripe, attempts to pay, what was charged, what went back, notices."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

_LIVE = text("state IN ('asked', 'unknown', 'open')")


class CardAccount(Base):
    """A seller's account at Stripe; secrets are sealed. One switched off still answers for its charges."""

    __tablename__ = "card_accounts"
    __table_args__ = (UniqueConstraint("seller_id", "provider_account"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    provider_account: Mapped[str] = mapped_column(String(60))  # "acct_…"
    secret_key: Mapped[str] = mapped_column(Text)
    webhook_secret: Mapped[str] = mapped_column(Text)
    old_webhook_secret: Mapped[str | None] = mapped_column(Text)  # believed until then
    old_until_ms: Mapped[int | None] = mapped_column(Big)
    is_test: Mapped[bool] = mapped_column(Boolean)
    actor: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)
    off_ms: Mapped[int | None] = mapped_column(Big)
    public_key: Mapped[str] = mapped_column(String(300), default="", server_default="")
    payouts_ms: Mapped[int | None] = mapped_column(Big)  # when to ask next what was paid out


class CardAttempt(Base):
    """One try to charge a card for a payment: a row before Stripe hears of it. One may be live at a time."""

    __tablename__ = "card_attempts"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("kind IN ('checkout', 'intent')", name="kind"),
        CheckConstraint(
            "state IN ('asked', 'unknown', 'open', 'paid', 'ended', 'failed')", name="state"
        ),
        Index(
            "uq_card_attempts_live",
            "payment_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("card_accounts.id"))
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    amount_vnd: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(8), default="asked")
    session_id: Mapped[str | None] = mapped_column(String(255), index=True)
    intent_id: Mapped[str | None] = mapped_column(String(255), index=True)
    url: Mapped[str] = mapped_column(Text, default="")
    back_url: Mapped[str] = mapped_column(Text)
    trouble: Mapped[str] = mapped_column(String(40), default="")
    tries: Mapped[int] = mapped_column(default=0)  # silences in a row
    confirms: Mapped[int] = mapped_column(default=0)  # cards tried; a part of the key of each try
    created_ms: Mapped[int] = mapped_column(Big)
    until_ms: Mapped[int] = mapped_column(Big)
    returned_ms: Mapped[int | None] = mapped_column(Big)
    off_ms: Mapped[int | None] = mapped_column(Big)  # nothing is owed any more: to be called off
    ask_ms: Mapped[int | None] = mapped_column(Big, index=True)


class CardLine(Base):
    """Money a card brought, as Stripe says: a fact like a bank's line, its sum and time never changed."""

    __tablename__ = "card_lines"
    __table_args__ = (
        UniqueConstraint("account_id", "reference"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("back_vnd >= 0 AND back_vnd <= amount_vnd", name="back"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("card_accounts.id"))
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(Id, ForeignKey("card_attempts.id"), index=True)
    reference: Mapped[str] = mapped_column(String(80))  # the PaymentIntent
    amount_vnd: Mapped[int] = mapped_column(Big)
    at_ms: Mapped[int] = mapped_column(Big)
    received_ms: Mapped[int] = mapped_column(Big)
    back_vnd: Mapped[int] = mapped_column(Big, default=0)  # refunds that went or may yet go
    dispute_state: Mapped[str] = mapped_column(String(40), default="")  # Stripe's word
    dispute_vnd: Mapped[int] = mapped_column(Big, default=0)
    dispute_due_ms: Mapped[int | None] = mapped_column(Big)


class CardRefund(Base):
    """A refund to the card that paid: a row before Stripe hears of it, or one made at Stripe by hand."""

    __tablename__ = "card_refunds"
    __table_args__ = (
        UniqueConstraint("seller_id", "key"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint(
            "state IN ('asked', 'unknown', 'pending', 'succeeded', 'failed')", name="state"
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    line_id: Mapped[str] = mapped_column(Id, ForeignKey("card_lines.id"), index=True)
    key: Mapped[str] = mapped_column(String(80))  # the asker's own id of it
    amount_vnd: Mapped[int] = mapped_column(Big)
    state: Mapped[str] = mapped_column(String(10), default="asked")
    provider_id: Mapped[str | None] = mapped_column(String(255), index=True)
    trouble: Mapped[str] = mapped_column(String(40), default="")
    tries: Mapped[int] = mapped_column(default=0)
    created_ms: Mapped[int] = mapped_column(Big)
    ended_ms: Mapped[int | None] = mapped_column(Big)
    ask_ms: Mapped[int | None] = mapped_column(Big, index=True)


class CardMove(Base):
    """A move of a seller's balance at Stripe, for good. `gross_vnd` and `fee_vnd` are what it booked here.

    `worth_vnd` is all it changed there, in đồng: with what other rows booked of the same charge or refund.
    """

    __tablename__ = "card_moves"
    __table_args__ = (
        UniqueConstraint("account_id", "provider_id"),
        CheckConstraint("kind IN ('charge', 'refund', 'dispute', 'fee', 'other')", name="kind"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("card_accounts.id"))
    line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("card_lines.id"), index=True)
    payout_id: Mapped[str | None] = mapped_column(Id, ForeignKey("card_payouts.id"), index=True)
    provider_id: Mapped[str] = mapped_column(String(255))  # "txn_…"
    kind: Mapped[str] = mapped_column(String(8))
    gross_vnd: Mapped[int] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big)
    worth_vnd: Mapped[int] = mapped_column(Big)
    at_ms: Mapped[int] = mapped_column(Big)


class CardPayout(Base):
    """What Stripe sent to a seller's bank: `amount` of `currency`; `worth_vnd` is what its moves sum to.

    In đồng the bank's own line empties the card's clearing account; in other money this does.
    """

    __tablename__ = "card_payouts"
    __table_args__ = (
        UniqueConstraint("account_id", "provider_id"),
        Index("ix_card_payouts_of_seller", "seller_id", "arrives_ms"),
        CheckConstraint(
            "state IN ('asked', 'pending', 'in_transit', 'paid', 'failed', 'canceled')",
            name="state",
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("card_accounts.id"))
    provider_id: Mapped[str] = mapped_column(String(255))  # "po_…"
    state: Mapped[str] = mapped_column(String(10), default="asked")
    currency: Mapped[str] = mapped_column(String(3), default="")
    amount: Mapped[int] = mapped_column(Big, default=0)
    worth_vnd: Mapped[int | None] = mapped_column(Big)
    is_automatic: Mapped[bool] = mapped_column(Boolean, default=True)
    arrives_ms: Mapped[int] = mapped_column(Big)
    tries: Mapped[int] = mapped_column(default=0)
    ask_ms: Mapped[int | None] = mapped_column(Big, index=True)


class CardNotice(Base):
    """A verified notice of Stripe's exactly as it came; `about` is what was made of it."""

    __tablename__ = "card_notices"
    __table_args__ = (
        UniqueConstraint("account_id", "event_id"),
        CheckConstraint("state IN ('stored', 'read', 'unused', 'unreadable')", name="state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("card_accounts.id"))
    event_id: Mapped[str] = mapped_column(String(80))
    kind: Mapped[str] = mapped_column(String(100))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="stored")
    about: Mapped[str] = mapped_column(String(200), default="")
    received_ms: Mapped[int] = mapped_column(Big)
