"""Files a seller sent to be imported: what was read of them waits here to be looked at and applied."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db import Base, Big, Id
from core.ids import new_id


class ImportFile(Base):
    """A table as it was read (`cells` is JSON of rows), kept for a day; `kind` is what it is about.

    `applied` rows of it have been written down so far.
    """

    __tablename__ = "import_files"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    cells: Mapped[str] = mapped_column(Text)
    applied: Mapped[int] = mapped_column(default=0)
    actor: Mapped[str] = mapped_column(String(40))
    created_ms: Mapped[int] = mapped_column(Big)


class ImportRow(Base):
    """A row that was written down: the digest of what it said, so that it never counts twice.

    `result` is the lot it made or counted.
    """

    __tablename__ = "import_rows"

    seller_id: Mapped[str] = mapped_column(Id, ForeignKey("sellers.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    result: Mapped[str] = mapped_column(String(40), default="")
    at_ms: Mapped[int] = mapped_column(Big)
