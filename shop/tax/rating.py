"""The dated tax rates: an operator adds the next, everybody reads the one of a moment. None is changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.money import WORDS_BELOW, check_vnd
from core.text import clean_line
from shop.fees.shares import WHOLE
from shop.tax.errors import BadTaxRate
from shop.tax.models import SOURCE_LENGTH, TaxRateRow
from shop.tax.tax_rules import TaxRate, in_force


def rates(session: Session) -> tuple[TaxRate, ...]:
    """Every rate, the oldest first."""
    rows = session.scalars(select(TaxRateRow).order_by(TaxRateRow.from_ms))
    return tuple(
        TaxRate(row.from_ms, row.vat_basis_points, row.pit_basis_points, row.exempt_vnd, row.source)
        for row in rows
    )


def at(session: Session, at_ms: int) -> TaxRate | None:
    """The rate in force at `at_ms` (UTC ms); None before the first."""
    return in_force(rates(session), at_ms)


def add(session: Session, rate: TaxRate, actor: str) -> None:
    """Keep a rate for orders paid from `from_ms` on.

    Raises:
        BadTaxRate: `field` is in the past, out of bounds, empty, or that moment has a rate.
        BadAmount: the threshold is negative.
    """
    source = clean_line(rate.source, SOURCE_LENGTH)
    wrong = {
        "from": rate.from_ms < clock.now_ms(),
        "vat": not 0 <= rate.vat_basis_points <= WHOLE,
        "pit": not 0 <= rate.pit_basis_points <= WHOLE,
        "source": not source,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise BadTaxRate(field)
    values: dict[str, object] = {
        "from_ms": rate.from_ms,
        "vat_basis_points": rate.vat_basis_points,
        "pit_basis_points": rate.pit_basis_points,
        "exempt_vnd": check_vnd(rate.exempt_vnd, most=WORDS_BELOW - 1),
        "source": source,
        "made_by": actor,
    }
    if not insert_new(session, TaxRateRow, values):
        raise BadTaxRate("from")
