"""Tables of the ledger. Rows of entries, lines and closings are never changed: triggers refuse it.

An entry's lines are stored first and the entry seals them: a trigger refuses an entry whose lines do not
sum to zero, and a line for an entry that stands already (migration 0040).
"""

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id


class LedgerEntry(Base):
    """One booked fact, counted at `at_ms`; `happened_ms` is earlier where its month was closed already."""

    __tablename__ = "ledger_entries"
    __table_args__ = (
        UniqueConstraint("seller_id", "number"),
        UniqueConstraint("seller_id", "key"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_ledger_entries_of_month", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column(Big)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(120))
    what: Mapped[str] = mapped_column(String(200))
    at_ms: Mapped[int] = mapped_column(Big)
    happened_ms: Mapped[int] = mapped_column(Big)
    booked_ms: Mapped[int] = mapped_column(Big)
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class LedgerLine(Base):
    """So many đồng on an account, debit positive and credit negative, for a subject or for none."""

    __tablename__ = "ledger_lines"
    __table_args__ = (
        CheckConstraint("amount_vnd <> 0", name="amount"),
        Index("ix_ledger_lines_of_account", "seller_id", "account"),
        Index("ix_ledger_lines_of_subject", "seller_id", "subject"),
    )

    entry_id: Mapped[str] = mapped_column(
        Id,
        ForeignKey("ledger_entries.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    )
    place: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    account: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60))
    amount_vnd: Mapped[int] = mapped_column(Big)


class LedgerSeries(Base):
    """The last number and hash of a seller's entries; its row lock keeps the chain without gaps or forks."""

    __tablename__ = "ledger_series"

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    last_number: Mapped[int] = mapped_column(Big, default=0)
    last_hash: Mapped[bytes] = mapped_column(LargeBinary)


class LedgerClosing(Base):
    """A month somebody closed: nothing is dated before `until_ms` any more."""

    __tablename__ = "ledger_closings"
    __table_args__ = (CheckConstraint("last_number >= 0", name="last_number"),)

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    until_ms: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
    last_number: Mapped[int] = mapped_column(Big)  # the chain when it was closed
    last_hash: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[str] = mapped_column(String(64))  # of the balances until then


class OpeningBalance(Base):
    """What a person said stood on an account when a day began, or (`back`) that it did not; never changed."""

    __tablename__ = "opening_balances"
    __table_args__ = (
        UniqueConstraint("seller_id", "account", "number"),
        CheckConstraint("kind IN ('open', 'back')", name="kind"),
        CheckConstraint("(kind = 'open') = (number % 2 = 1)", name="turn"),
        CheckConstraint("amount_vnd > 0", name="amount"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    account: Mapped[str] = mapped_column(String(40))
    number: Mapped[int] = mapped_column(Big)
    kind: Mapped[str] = mapped_column(String(4))
    amount_vnd: Mapped[int] = mapped_column(Big)
    at_ms: Mapped[int] = mapped_column(Big)
    reason: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(40))
    said_ms: Mapped[int] = mapped_column(Big)
