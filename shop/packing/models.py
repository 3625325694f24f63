"""What was put into the boxes. Quantities are packs and base units, times UTC ms."""

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id


class PackedPart(Base):
    """One thing of an order as it was packed: how many packs, and what the scales said (0: not weighed).

    `extra` base units are more than was kept for the order: given for the same price (mode `at_least`), or
    paid for where the scales price it; they leave the books when the box leaves the house (`extra_gone`).
    """

    __tablename__ = "packed_parts"
    __table_args__ = (
        CheckConstraint("packs >= 0", name="packs"),
        CheckConstraint("weighed >= 0", name="weighed"),
        CheckConstraint("extra >= 0 AND extra <= weighed", name="extra"),
    )

    line_id: Mapped[str] = mapped_column(Id, ForeignKey("order_lines.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    order_code: Mapped[str] = mapped_column(String(10), ForeignKey("orders.code"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"))
    packs: Mapped[int] = mapped_column(Big)
    weighed: Mapped[int] = mapped_column(Big, default=0)
    extra: Mapped[int] = mapped_column(Big, default=0)
    extra_gone: Mapped[bool] = mapped_column(default=False)
    actor: Mapped[str] = mapped_column(String(40))
    at_ms: Mapped[int] = mapped_column(Big)
