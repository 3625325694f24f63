"""Tables of money: what was asked for, what the bank said, what was proved. Amounts are integer đồng."""

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id
from payments.states import Account

_ONE_SOURCE = " + ".join(
    f"CASE WHEN {source}_line_id IS NULL THEN 0 ELSE 1 END" for source in ("bank", "cash", "card")
)
_ONE_SOURCE += " = 1"
_ACCOUNTS = ", ".join(f"'{account}'" for account in Account)


class BankAccount(Base):
    """An account of a seller at which buyers' money arrives; `virtual_of`: whose other number it is."""

    __tablename__ = "bank_accounts"
    __table_args__ = (UniqueConstraint("bin", "number"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    bin: Mapped[str] = mapped_column(String(6))
    number: Mapped[str] = mapped_column(String(19))
    bank_name: Mapped[str] = mapped_column(String(60))
    holder_name: Mapped[str] = mapped_column(String(80))
    virtual_of: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    created_ms: Mapped[int] = mapped_column(Big)


class FeedConnection(Base):
    """One seller's account at one provider that tells us what the bank saw. The secret is encrypted."""

    __tablename__ = "feed_connections"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    provider: Mapped[str] = mapped_column(String(12))  # a name in payments.providers.BY_NAME
    secret: Mapped[str] = mapped_column(Text)
    old_secret: Mapped[str | None] = mapped_column(Text)  # the one before, believed until then
    old_until_ms: Mapped[int | None] = mapped_column(Big)
    created_ms: Mapped[int] = mapped_column(Big)
    can_in: Mapped[bool] = mapped_column(default=True, server_default=true())
    can_out: Mapped[bool] = mapped_column(default=True, server_default=true())
    can_balance: Mapped[bool] = mapped_column(default=True, server_default=true())
    virtual_number: Mapped[str] = mapped_column(String(19), default="", server_default="")


class WebhookBody(Base):
    """A verified notification exactly as it came; read later by the inbox."""

    __tablename__ = "webhook_bodies"
    __table_args__ = (
        UniqueConstraint("feed_id", "replay_key"),
        CheckConstraint("state IN ('stored', 'read', 'unreadable')", name="state"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    feed_id: Mapped[str] = mapped_column(Id, ForeignKey("feed_connections.id"))
    replay_key: Mapped[str] = mapped_column(String(80))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    headers: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(12), default="stored")
    problem: Mapped[str] = mapped_column(String(200), default="")
    received_ms: Mapped[int] = mapped_column(Big)


class BankLine(Base):
    """One real movement on a seller's account as the bank told it; `amount_vnd` is positive."""

    __tablename__ = "bank_lines"
    __table_args__ = (
        UniqueConstraint("account_id", "reference"),
        Index("ix_bank_lines_of_seller", "seller_id", "at_ms"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("amount_vnd > 0", name="amount"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    reference: Mapped[str] = mapped_column(String(80))
    direction: Mapped[str] = mapped_column(String(3))
    amount_vnd: Mapped[int] = mapped_column(Big)
    content: Mapped[str] = mapped_column(String(500))
    at_ms: Mapped[int] = mapped_column(Big)
    received_ms: Mapped[int] = mapped_column(Big)


class Payment(Base):
    """An expected sum under one code. Lines are frozen here so that a receipt needs nobody else."""

    __tablename__ = "payments"
    __table_args__ = (
        Index("ix_payments_of_seller", "seller_id", "created_ms"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("paid_vnd >= 0", name="paid"),
        CheckConstraint(
            "refund_vnd >= 0 AND granted_vnd >= 0 AND refund_vnd + granted_vnd <= amount_vnd",
            name="refund",
        ),
        CheckConstraint("back_vnd >= 0 AND back_vnd <= came_vnd", name="back"),
        CheckConstraint("proved_vnd >= 0 AND proved_vnd <= back_vnd", name="proved"),
        CheckConstraint(
            "state IN ('expected', 'part_paid', 'settled', 'expired', 'part_refunded', 'refunded')",
            name="state",
        ),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    reference: Mapped[str] = mapped_column(String(40), unique=True)  # opaque: "order:CPX7K3M9Q2"
    code: Mapped[str] = mapped_column(String(10), unique=True)
    amount_vnd: Mapped[int] = mapped_column(Big)
    paid_vnd: Mapped[int] = mapped_column(Big, default=0)
    state: Mapped[str] = mapped_column(String(14), default="expected")
    frozen: Mapped[str] = mapped_column(Text)  # JSON of payments.payments.Frozen
    created_ms: Mapped[int] = mapped_column(Big)
    expired_ms: Mapped[int | None] = mapped_column(Big)
    settled_ms: Mapped[int | None] = mapped_column(Big)
    refund_reason: Mapped[str | None] = mapped_column(String(40))  # why all the money goes back
    refund_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # or a part of it
    granted_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # given by staff
    came_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # surplus counted in
    owed_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # of it goes back
    back_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # of it was begun
    proved_vnd: Mapped[int] = mapped_column(Big, default=0, server_default="0")  # of it is proved
    owed_since_ms: Mapped[int | None] = mapped_column(Big)


class CashLine(Base):
    """Cash that somebody says was given: at the stall, or to whoever brought the goods. Never changed."""

    __tablename__ = "cash_lines"
    __table_args__ = (
        CheckConstraint("kind IN ('stall', 'cod')", name="kind"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        Index("ix_cash_lines_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    kind: Mapped[str] = mapped_column(String(6))
    amount_vnd: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class MatchedPart(Base):
    """Where the đồng of one bank, cash or card line went: to a payment, or to a named suspense account.

    The parts of a line always sum to its amount (`fsck` proves it, promise P7).
    """

    __tablename__ = "matched_parts"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint(
            f"account IN ({_ACCOUNTS})",
            name="account",
        ),
        CheckConstraint(_ONE_SOURCE, name="source"),
        Index("ix_matched_parts_suspense", "seller_id", "account", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    bank_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"), index=True)
    cash_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("cash_lines.id"), index=True)
    card_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("card_lines.id"), index=True)
    payment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payments.id"), index=True)
    account: Mapped[str] = mapped_column(String(14))
    amount_vnd: Mapped[int] = mapped_column(Big)
    note: Mapped[str] = mapped_column(String(200), default="")
    at_ms: Mapped[int] = mapped_column(Big)


class Receipt(Base):
    """A signed, numbered proof that money came; numbers of a seller have no gaps."""

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("seller_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column(Big)
    payment_id: Mapped[str] = mapped_column(Id, ForeignKey("payments.id"), unique=True)
    token: Mapped[str] = mapped_column(String(330))
    frozen: Mapped[str] = mapped_column(Text)  # JSON of payments.receipts.receipts.ReceiptFacts
    issued_ms: Mapped[int] = mapped_column(Big)


class ReceiptSeries(Base):
    """The last number and hash of a seller's receipts; its row lock keeps the series without gaps."""

    __tablename__ = "receipt_series"

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    last_number: Mapped[int] = mapped_column(Big, default=0)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary)
