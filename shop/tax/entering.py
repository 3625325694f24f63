"""The tax of an order, entered when its money is here and its goods are promised; corrected as they change.

That moment (the later of the two) is the successful transaction of Decree 117/2025. Each entry is what the
tax comes to now less what was entered, so any order of events ends at the same sum. Refuses to change one.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from payments import payments
from shop.fees import earned
from shop.ordering import history
from shop.ordering.order_facts import reference_of
from shop.tax import modes, rating
from shop.tax.models import TaxEntry
from shop.tax.tax_rules import OFF, Tax, TaxRate, next_entry


def follow(session: Session, code: str) -> None:
    """Enter what the tax of order `code` comes to beyond what is entered; done again, nothing happens.

    The first entry bears the moment its money and its goods were both sure, the rate and the mode of then;
    a later one bears now. Not paid in full, never entered: nothing. Raises NotFound.
    """
    order = history.locked(session, code)
    paid = payments.facts(session, reference_of(code))
    before = _entries(session, code)
    kept_vnd = earned.kept_vnd(session, order) if paid.settled_ms is not None else 0
    if order.secured_ms is None or not (before or kept_vnd):
        return
    at_ms = clock.now_ms() if before else max(order.secured_ms, paid.settled_ms or 0)
    rate = _rate_of(before[0]) if before else rating.at(session, at_ms)
    mode = before[0].mode if before else modes.of_seller(session, order.seller_id)
    if rate is None or mode == OFF:
        return
    entry = next_entry(rate, kept_vnd, [_tax(row) for row in before])
    if entry != Tax():
        row = _row(rate, entry)
        row.order_code, row.seller_id = order.code, order.seller_id
        row.number, row.mode, row.at_ms = len(before) + 1, mode, at_ms
        session.add(row)
        session.flush()


def _entries(session: Session, code: str) -> Sequence[TaxEntry]:
    query = select(TaxEntry).where(TaxEntry.order_code == code)
    return session.scalars(query.order_by(TaxEntry.number)).all()


def _tax(row: TaxEntry) -> Tax:
    return Tax(row.turnover_vnd, row.vat_vnd, row.pit_vnd)


def _rate_of(row: TaxEntry) -> TaxRate:
    """The rate an order was entered at; what it is from is not needed any more."""
    return TaxRate(row.at_ms, row.vat_basis_points, row.pit_basis_points, 0, "")


def _row(rate: TaxRate, entry: Tax) -> TaxEntry:
    return TaxEntry(
        id=new_id(),
        turnover_vnd=entry.turnover_vnd,
        vat_vnd=entry.vat_vnd,
        pit_vnd=entry.pit_vnd,
        vat_basis_points=rate.vat_basis_points,
        pit_basis_points=rate.pit_basis_points,
    )
