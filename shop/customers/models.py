"""Tables of the customer book: what staff noted of a buyer, and who took the book away as a file, and why."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class CustomerNote(Base):
    """What one of the seller's people noted of a buyer; taken away, it is gone."""

    __tablename__ = "customer_notes"
    __table_args__ = (Index("ix_customer_notes_of", "seller_id", "person_id", "at_ms"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    person_id: Mapped[str] = mapped_column(Id, ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(String(300))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)


class CustomerExport(Base):
    """That the book went out as a file: who took how many buyers, and what for; never changed."""

    __tablename__ = "customer_exports"
    __table_args__ = (Index("ix_customer_exports_of", "seller_id", "at_ms"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    reason: Mapped[str] = mapped_column(String(160))
    people: Mapped[int] = mapped_column(Big)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
