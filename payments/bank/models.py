"""Tables of what each road told: feeds, statement files, people; many tellings, one line."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class LineTelling(Base):
    """One road's word on one movement, and the line it is of (`same_line`); kept for ever.

    `day` and `line_day` count days as `date.toordinal`; `place` is its row in a file, or when it was told.
    """

    __tablename__ = "line_tellings"
    __table_args__ = (
        UniqueConstraint("account_id", "road", "key"),
        CheckConstraint("direction IN ('in', 'out')", name="direction"),
        CheckConstraint("amount_vnd > 0", name="amount"),
        Index("ix_line_tellings_of_sum", "account_id", "amount_vnd", "line_day"),
        Index("ix_line_tellings_of_day", "account_id", "day"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    line_id: Mapped[str | None] = mapped_column(Id, ForeignKey("bank_lines.id"), index=True)
    road: Mapped[str] = mapped_column(String(40))  # feed:ID, statement:LAYOUT, manual
    source: Mapped[str] = mapped_column(Id)  # the feed, the file or the attestation
    key: Mapped[str] = mapped_column(String(80))
    direction: Mapped[str] = mapped_column(String(3))
    amount_vnd: Mapped[int] = mapped_column(Big)
    content: Mapped[str] = mapped_column(String(500))
    reference: Mapped[str] = mapped_column(String(80))  # the bank's; empty if it told none
    tail: Mapped[str] = mapped_column(String(4), default="")
    balance_vnd: Mapped[int | None] = mapped_column(Big)  # the bank's running balance after it
    at_ms: Mapped[int] = mapped_column(Big)
    has_time: Mapped[bool] = mapped_column(default=True)
    day: Mapped[int] = mapped_column(Integer)
    line_day: Mapped[int] = mapped_column(Integer)
    place: Mapped[int] = mapped_column(Big)
    told_ms: Mapped[int] = mapped_column(Big)


class Attestation(Base):
    """A person's word that money came: who, why; it counts until the bank says otherwise."""

    __tablename__ = "attestations"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"))
    actor: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(String(200))
    said_ms: Mapped[int] = mapped_column(Big)
