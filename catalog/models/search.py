"""What a search looks through: one row a listing, and every word the market ever used.

The full-text index itself (`search_words`: an FTS5 table on SQLite, a generated column on PostgreSQL) is
made by the migration and kept from these rows by the database alone (ADR 0009).
"""

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id, Serial


class SearchRow(Base):
    """A listing as search sees it; written by `catalog.search.index` alone.

    `number` grows with the listings, so the newest come first by it; it stays for good. `words` are the
    index's tokens (`catalog.search.words`), empty while the listing is hidden. `per_vnd` is the price of
    a kilo or litre, of a piece where `counted`.
    """

    __tablename__ = "search_rows"
    __table_args__ = (
        Index("ix_search_rows_newest", "on_sale", "number"),
        Index("ix_search_rows_price", "on_sale", "counted", "per_vnd", "number"),
        Index("ix_search_rows_kind", "on_sale", "kind"),
        Index("ix_search_rows_commune", "on_sale", "commune_code"),
    )

    number: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=True)
    listing_id: Mapped[str] = mapped_column(Id, ForeignKey("listings.id"), unique=True)
    product_id: Mapped[str] = mapped_column(Id, ForeignKey("products.id"), index=True)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    on_sale: Mapped[bool] = mapped_column()
    name_folded: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(24))
    commune_code: Mapped[str] = mapped_column(String(5))
    counted: Mapped[bool] = mapped_column()
    per_vnd: Mapped[int] = mapped_column(Big)


class SearchTerm(Base):
    """A folded word some listing has or had: what a slip of the finger may have meant.

    One row (`:made=…`) is no word: it says by which release the index was made (`catalog.search.upkeep`).
    """

    __tablename__ = "search_terms"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
