"""Tables of household tax: dated rates, what a seller chose, each entry of an order. Amounts in đồng."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id

SOURCE_LENGTH = 300


class TaxRateRow(Base):
    """The shares of goods from a moment on, the year's threshold, and where that is written."""

    __tablename__ = "tax_rates"
    __table_args__ = (
        CheckConstraint("vat_basis_points >= 0 AND vat_basis_points <= 10000", name="vat"),
        CheckConstraint("pit_basis_points >= 0 AND pit_basis_points <= 10000", name="pit"),
        CheckConstraint("exempt_vnd >= 0", name="exempt"),
    )

    from_ms: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    vat_basis_points: Mapped[int] = mapped_column(Big)
    pit_basis_points: Mapped[int] = mapped_column(Big)
    exempt_vnd: Mapped[int] = mapped_column(Big)
    source: Mapped[str] = mapped_column(String(SOURCE_LENGTH))
    made_by: Mapped[str] = mapped_column(String(40))


class TaxMode(Base):
    """What a seller chose, for orders paid from a moment on; never changed, the newest counts."""

    __tablename__ = "tax_modes"
    __table_args__ = (
        CheckConstraint("mode IN ('record', 'withhold', 'off')", name="mode"),
        CheckConstraint("number > 0", name="number"),
    )

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Big, primary_key=True, autoincrement=False)
    mode: Mapped[str] = mapped_column(String(8))
    actor: Mapped[str] = mapped_column(String(40))
    from_ms: Mapped[int] = mapped_column(Big)


class TaxEntry(Base):
    """What an order adds to its seller's taxes, or (negative) takes back; set on an invoice once."""

    __tablename__ = "tax_entries"
    __table_args__ = (
        UniqueConstraint("order_code", "number"),
        CheckConstraint("mode IN ('record', 'withhold')", name="mode"),
        Index("ix_tax_entries_of_seller", "seller_id", "at_ms"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"))
    number: Mapped[int] = mapped_column(Big)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    mode: Mapped[str] = mapped_column(String(8))
    turnover_vnd: Mapped[int] = mapped_column(Big)
    vat_vnd: Mapped[int] = mapped_column(Big)
    pit_vnd: Mapped[int] = mapped_column(Big)
    vat_basis_points: Mapped[int] = mapped_column(Big)
    pit_basis_points: Mapped[int] = mapped_column(Big)
    at_ms: Mapped[int] = mapped_column(Big)
    invoice_id: Mapped[str | None] = mapped_column(Id, ForeignKey("fee_invoices.id"), index=True)
