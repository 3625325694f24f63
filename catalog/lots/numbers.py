"""Numbers people say aloud: 1, 2, 3 … of one seller, without a gap, however many ask at once."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import IntakeSlip, Lot, Run
from core import clock
from core.db import insert_new
from core.ids import new_id
from core.text import clean_line

_LONGEST_NOTE = 200


def next_number(
    session: Session,
    table: type[Run] | type[IntakeSlip],
    seller_id: str,
    columns: dict[str, object],
) -> str:
    """Write a row under the seller's next number; returns its id.

    Who asks for the same number at the same moment waits for the other's commit and gets the one after;
    if the other is undone, the number is free again: so no number is ever missing.
    """
    last = select(func.coalesce(func.max(table.number), 0)).where(table.seller_id == seller_id)
    while True:
        number = session.scalars(last).one() + 1
        values = {**columns, "id": new_id(), "seller_id": seller_id, "number": number}
        if insert_new(session, table, {**values, "at_ms": clock.now_ms()}):
            return str(values["id"])


def open_run(session: Session, seller_id: str, kind: str, loss: int, word: stock.Word) -> Run:
    """Write the seller's next run down."""
    columns: dict[str, object] = {
        "kind": kind,
        "loss": loss,
        "note": clean_line(word.reason, _LONGEST_NOTE),
        "actor": word.actor,
    }
    return session.get_one(Run, next_number(session, Run, seller_id, columns))


def give_slip(session: Session, lot: Lot, member_id: str, quantity: int) -> None:
    """Write the seller's next intake slip for what a member brought."""
    columns: dict[str, object] = {
        "member_id": member_id,
        "lot_id": lot.id,
        "quantity": quantity,
        "actor": lot.created_by,
    }
    next_number(session, IntakeSlip, lot.seller_id, columns)
