"""Tables of statement files: what was sent, and how its columns were read."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class StatementFile(Base):
    """A statement as it was sent; its rows are kept, for they are what the bank said.

    `mapping` is JSON of `layout.Mapping`; `taken` of its `lines` are in the books so far.
    """

    __tablename__ = "statement_files"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'taking', 'taken')", name="state"),
        CheckConstraint("taken >= 0 AND taken <= lines", name="taken"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    cells: Mapped[str] = mapped_column(Text)
    mapping: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    lines: Mapped[int] = mapped_column(Integer, default=0)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    new_lines: Mapped[int] = mapped_column(Integer, default=0)
    first_day: Mapped[int | None] = mapped_column(Integer)  # date.toordinal, as are all days here
    last_day: Mapped[int | None] = mapped_column(Integer)
    actor: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)


class StatementLayout(Base):
    """How a person read the columns of one account's statements, remembered by their header."""

    __tablename__ = "statement_layouts"

    account_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_accounts.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(16), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    mapping: Mapped[str] = mapped_column(Text)
    changed_ms: Mapped[int] = mapped_column(Big)
