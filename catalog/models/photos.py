"""Photos: what was sent, and how far its copies for the pages are."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class Photo(Base):
    """A picture of a product, lot, certificate or draft, or evidence; its files lie in the storage by its id.

    What was taken away can be brought back until the files go (`removed_ms`, then `photos.cleaning`).
    """

    __tablename__ = "photos"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'ready', 'failed')", name="state"),
        CheckConstraint(
            "subject_kind IN ('product', 'lot', 'certificate', 'draft', 'case', 'campaign', 'live')",
            name="subject_kind",
        ),
        Index("ix_photos_subject", "subject_kind", "subject_id", "position"),
    )

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    subject_kind: Mapped[str] = mapped_column(String(12))
    subject_id: Mapped[str] = mapped_column(Id)
    position: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    why: Mapped[str] = mapped_column(String(40), default="")
    kind: Mapped[str] = mapped_column(String(8), default="")  # jpeg, png, webp: what was sent
    width: Mapped[int] = mapped_column(default=0)  # of the largest copy, px
    height: Mapped[int] = mapped_column(default=0)
    created_by: Mapped[str] = mapped_column(String(40), default="")
    created_ms: Mapped[int] = mapped_column(Big)
    removed_ms: Mapped[int | None] = mapped_column(Big, index=True)
