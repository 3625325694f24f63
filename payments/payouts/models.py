"""Tables of payees: entries of the book, accounts, pay runs and single payouts. Amounts are integer đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class PayeeEntry(Base):
    """One line of a payee's book: owed to them (> 0) or taken off (< 0). Never changed, never deleted.

    `key` names the fact, so that a fact is written once; a mistake is an entry that `reverses_id` another.
    """

    __tablename__ = "payee_entries"
    __table_args__ = (
        UniqueConstraint("seller_id", "key"),
        UniqueConstraint("reverses_id"),
        CheckConstraint(
            "kind IN ('sale', 'intake', 'extra', 'packing', 'fund', 'other', 'advance', 'charge',"
            " 'payout', 'returned')",
            name="kind",
        ),
        CheckConstraint("amount_vnd <> 0", name="amount"),
        Index("ix_payee_entries_of_payee", "seller_id", "payee", "at_ms"),
        Index("ix_payee_entries_of_reference", "seller_id", "reference"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    key: Mapped[str] = mapped_column(String(120))
    payee: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    reference: Mapped[str] = mapped_column(String(40))
    what: Mapped[str] = mapped_column(String(160), default="")
    amount_vnd: Mapped[int] = mapped_column(Big)
    day_ms: Mapped[int] = mapped_column(Big)  # when it happened; `at_ms` is when it was written
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
    cash: Mapped[bool] = mapped_column(default=False)  # a payout by hand; the bank's books itself
    reverses_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payee_entries.id"))


class PayeeAccount(Base):
    """Where a payee is paid, from a moment on; the newest counts. The number is sealed (`core.vault`).

    `confirmed_…` is the second person, where the rule of changed accounts asks for one.
    """

    __tablename__ = "payee_accounts"
    __table_args__ = (Index("ix_payee_accounts_of_payee", "seller_id", "payee", "at_ms"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    payee: Mapped[str] = mapped_column(String(40))
    bin: Mapped[str] = mapped_column(String(6))
    bank_name: Mapped[str] = mapped_column(String(80))
    number: Mapped[str] = mapped_column(Text)
    last4: Mapped[str] = mapped_column(String(4))
    holder_name: Mapped[str] = mapped_column(String(80))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
    confirmed_by: Mapped[str] = mapped_column(String(40), default="")
    confirmed_ms: Mapped[int | None] = mapped_column(Big)


class PayRun(Base):
    """A list of payees to be paid in one go; its code stands in the bank's line of the whole list."""

    __tablename__ = "pay_runs"
    __table_args__ = (
        UniqueConstraint("seller_id", "number"),
        UniqueConstraint("code"),
        CheckConstraint("state IN ('drafted', 'agreed', 'cancelled')", name="state"),
        CheckConstraint("total_vnd > 0", name="total"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    number: Mapped[int] = mapped_column()
    code: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    total_vnd: Mapped[int] = mapped_column(Big)
    made_by: Mapped[str] = mapped_column(String(40))
    made_ms: Mapped[int] = mapped_column(Big)
    agreed_by: Mapped[str] = mapped_column(String(40), default="")
    agreed_ms: Mapped[int | None] = mapped_column(Big)
    cancelled_by: Mapped[str] = mapped_column(String(40), default="")
    cancelled_ms: Mapped[int | None] = mapped_column(Big)


class Payout(Base):
    """One payee's money on its way, by bank in a run or as cash; its code stands in the bank's text.

    `paid` when an outgoing line said so (or a named person, for cash, with the payee's own word in
    `word`); a transfer that came back is `returned` and owed again.
    """

    __tablename__ = "payouts"
    __table_args__ = (
        UniqueConstraint("code"),
        UniqueConstraint("returned_line_id"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint("method IN ('bank', 'cash')", name="method"),
        CheckConstraint("state IN ('waiting', 'paid', 'returned', 'cancelled')", name="state"),
        CheckConstraint("(method = 'bank') = (account_id IS NOT NULL)", name="account"),
        CheckConstraint("paid_vnd > 0", name="paid_vnd"),
        CheckConstraint("returned_vnd > 0", name="returned_vnd"),
        Index("ix_payouts_of_payee", "seller_id", "payee", "state"),
        Index("ix_payouts_run", "run_id"),
        Index("ix_payouts_bank_line", "bank_line_id"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    run_id: Mapped[str | None] = mapped_column(Id, ForeignKey("pay_runs.id"))
    payee: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    method: Mapped[str] = mapped_column(String(4))
    code: Mapped[str] = mapped_column(String(10))
    amount_vnd: Mapped[int] = mapped_column(Big)
    paid_vnd: Mapped[int | None] = mapped_column(
        Big
    )  # what the bank moved, by a person's word less
    returned_vnd: Mapped[int | None] = mapped_column(Big)
    account_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payee_accounts.id"))
    state: Mapped[str] = mapped_column(String(9))
    actor: Mapped[str] = mapped_column(String(40))
    word: Mapped[str] = mapped_column(String(80), default="")
    made_ms: Mapped[int] = mapped_column(Big)
    paid_ms: Mapped[int | None] = mapped_column(Big)
    returned_ms: Mapped[int | None] = mapped_column(Big)
    bank_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"))
    returned_line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"))
