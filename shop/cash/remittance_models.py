"""Tables of carriers' lists: what they collected at doors, and the line of the bank that paid it out."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Remittance(Base):
    """A carrier's list of what it collected, settled by one line of the bank: their sum less its fee."""

    __tablename__ = "remittances"
    __table_args__ = (
        CheckConstraint("amount_vnd = cod_vnd - fee_vnd", name="sum"),
        CheckConstraint("fee_vnd >= 0 AND cod_vnd > 0", name="signs"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    bank_line_id: Mapped[str] = mapped_column(Id, ForeignKey("bank_lines.id"), unique=True)
    carrier: Mapped[str] = mapped_column(String(80))
    amount_vnd: Mapped[int] = mapped_column(Big)
    cod_vnd: Mapped[int] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class RemittanceLine(Base):
    """What a carrier collected for one order, and kept of it; an order is remitted once."""

    __tablename__ = "remittance_lines"
    __table_args__ = (CheckConstraint("cod_vnd > 0 AND fee_vnd >= 0", name="signs"),)

    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), primary_key=True)
    remittance_id: Mapped[str] = mapped_column(Id, ForeignKey("remittances.id"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    cod_vnd: Mapped[int] = mapped_column(Big)
    fee_vnd: Mapped[int] = mapped_column(Big)
