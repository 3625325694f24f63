"""Tables of this room: receipts that were declared void."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id

REASON_LENGTH = 200


class ReceiptVoid(Base):
    """A receipt that no longer counts: who said so, why, since when. Never changed, never taken back."""

    __tablename__ = "receipt_voids"

    receipt_id: Mapped[str] = mapped_column(Id, ForeignKey("receipts.id"), primary_key=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    number: Mapped[int] = mapped_column(Big)
    reason: Mapped[str] = mapped_column(String(REASON_LENGTH))
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
