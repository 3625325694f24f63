"""A seller's desk for tables in the tests: send one, look at it, write rows of it down, take one away."""

from sqlalchemy.orm import Session

from catalog.imports import apply, exports, plan, shelf
from catalog.imports.columns import Kind
from catalog.imports.plan import Plan
from catalog.imports.rows import PlannedRow
from catalog.imports.shelf import NewFile
from core.tables import reading, sheets

ACTOR = "p:somebody"


class Desk:
    """One seller's desk in one session."""

    def __init__(self, session: Session, seller_id: str) -> None:
        self.session = session
        self.seller = seller_id

    def send(self, kind: Kind, table: str | bytes) -> str:
        """Send cells as they are pasted, or a file; its id."""
        if isinstance(table, str):
            tables, raw = reading.pasted(table), table.encode()
        else:
            tables, raw = reading.read(table), table
        new = NewFile("bang.csv", kind, tables)
        return shelf.keep(self.session, self.seller, new, shelf.digest_of(raw), ACTOR)

    def look(self, file_id: str) -> Plan:
        """What its rows would do now."""
        file = shelf.get(self.session, self.seller, file_id)
        return plan.make(self.session, self.seller, file.facts.kind, file.table, file.facts.digest)

    def plan(self, kind: Kind, table: str | bytes) -> Plan:
        """Send and look."""
        return self.look(self.send(kind, table))

    def row(self, kind: Kind, table: str | bytes) -> PlannedRow:
        """The one row of a table."""
        (row,) = self.plan(kind, table).rows
        return row

    def write(self, kind: Kind, table: str | bytes) -> int:
        """Send and write down every row that can be; how many did something."""
        file_id = self.send(kind, table)
        return self.write_rows(file_id, *(row.number for row in self.look(file_id).ready))

    def write_rows(self, file_id: str, *numbers: int) -> int:
        """Write these rows down; 0 if none is named."""
        if not numbers:
            return 0
        return apply.rows(self.session, self.seller, file_id, numbers, ACTOR)

    def take(self, kind: Kind, packed: str = "csv") -> bytes:
        """The seller's own table of a kind."""
        sheet = exports.of_kind(self.session, self.seller, kind)
        return sheets.as_csv(sheet) if packed == "csv" else sheets.as_xlsx(sheet)


def why(row: PlannedRow) -> dict[str, str]:
    """The problems of a row: what is wrong by column, as the page says it."""
    return {one.column: one.why.text % dict(one.why.places) for one in row.problems}


def says(row: PlannedRow) -> list[str]:
    """What a row would do, as the page says it."""
    return [said.text % dict(said.places) for said in row.says]
