"""Tables of the desk: what people decided about the bank's lines. Rows are added, never changed."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id
from payments.desk import kinds
from payments.desk.desk_rules import SET_ASIDE
from payments.states import Account

_OTHERS = {Account.PAYMENT, Account.STORE_CREDIT, Account.PAID_OUT}
_TARGETS = ", ".join(
    f"'{account}'" for account in Account if account in kinds.ACCOUNTS | SET_ASIDE | _OTHERS
)


class LineDecision(Base):
    """What somebody decided about one line; the highest `number` of the line is in force.

    `kind` is `place` (its shares say where the line's đồng go) or `back` (the line's own text says it again).
    """

    __tablename__ = "line_decisions"
    __table_args__ = (
        UniqueConstraint("bank_line_id", "number"),
        CheckConstraint("kind IN ('place', 'back')", name="kind"),
        CheckConstraint("number > 0", name="number"),
        Index("ix_line_decisions_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    bank_line_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_lines.id"))
    number: Mapped[int] = mapped_column(Big)
    kind: Mapped[str] = mapped_column(String(6))
    reason: Mapped[str] = mapped_column(String(200))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class LineShare(Base):
    """A part of a placed line: for a payment or payout, or in a named account. The shares sum to the line.

    `about` is what a kind of money is for (`dues`), in the words of whoever offers it; "" for nothing.
    """

    __tablename__ = "line_shares"
    __table_args__ = (
        CheckConstraint("amount_vnd > 0", name="amount"),
        CheckConstraint(f"account IN ({_TARGETS})", name="account"),
        CheckConstraint("(account = 'payment') = (payment_id IS NOT NULL)", name="target"),
        CheckConstraint("(account = 'paid_out') = (payout_id IS NOT NULL)", name="payout"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    decision_id: Mapped[str] = mapped_column(Id, ForeignKey("line_decisions.id"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    payment_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payments.id"))
    payout_id: Mapped[str | None] = mapped_column(Id, ForeignKey("payouts.id"))
    account: Mapped[str] = mapped_column(String(14))
    amount_vnd: Mapped[int] = mapped_column(Big)
    about: Mapped[str] = mapped_column(String(40), default="", server_default="")
