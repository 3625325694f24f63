"""What must always be true of the payees' book, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_REVERSALS = """
SELECT r.id, e.id FROM payee_entries r JOIN payee_entries e ON e.id = r.reverses_id
WHERE r.amount_vnd <> -e.amount_vnd OR r.payee <> e.payee OR r.kind <> e.kind
    OR r.seller_id <> e.seller_id OR e.kind NOT IN ('advance', 'charge', 'extra')
"""
_SHARES_BELOW_NOTHING = """
SELECT seller_id, payee, reference, kind, SUM(amount_vnd) FROM payee_entries
WHERE kind IN ('sale', 'intake', 'packing', 'fund', 'other')
GROUP BY seller_id, payee, reference, kind
HAVING (kind IN ('sale', 'intake') AND SUM(amount_vnd) < 0)
    OR (kind IN ('packing', 'fund', 'other') AND SUM(amount_vnd) > 0)
"""
_BOOK_EQUALS_LEDGER = """
SELECT x.seller_id, x.payee, SUM(x.book), SUM(x.ledger) FROM (
    SELECT seller_id, payee, amount_vnd AS book, 0 AS ledger FROM payee_entries
    UNION ALL
    SELECT seller_id, subject, 0, -amount_vnd FROM ledger_lines
    WHERE account IN ('member_payable', 'advances')
) x GROUP BY x.seller_id, x.payee HAVING SUM(x.book) <> SUM(x.ledger)
"""


@check("payouts.book_equals_ledger")
def book_equals_ledger(session: Session) -> Iterable[str]:
    """What each payee of a seller is owed is what the ledger says under their name."""
    return wrong_rows(session, _BOOK_EQUALS_LEDGER)


@check("payouts.reversals_are_opposites")
def reversals_are_opposites(session: Session) -> Iterable[str]:
    """A reversal says the opposite of what a person recorded, of the same payee."""
    return wrong_rows(session, _REVERSALS)


@check("payouts.nobody_is_owed_less_than_nothing_for_a_sale")
def shares_are_not_negative(session: Session) -> Iterable[str]:
    """What stands for one sale or one intake is no debt of the member, and a deduction no gift."""
    return wrong_rows(session, _SHARES_BELOW_NOTHING)


_PAID_EQUALS_LINES = """
SELECT x.line_id, SUM(x.placed), SUM(x.paid) FROM (
    SELECT bank_line_id AS line_id, amount_vnd AS placed, 0 AS paid FROM matched_parts
    WHERE account = 'paid_out'
    UNION ALL
    SELECT bank_line_id, 0, paid_vnd FROM payouts WHERE bank_line_id IS NOT NULL
    UNION ALL
    SELECT returned_line_id, 0, returned_vnd FROM payouts WHERE returned_line_id IS NOT NULL
) x GROUP BY x.line_id HAVING SUM(x.placed) <> SUM(x.paid)
"""


@check("payouts.paid_is_what_the_bank_said")
def paid_is_what_the_bank_said(session: Session) -> Iterable[str]:
    """What of a line stands as paid out is the sum of the payouts it paid, or brought back."""
    return wrong_rows(session, _PAID_EQUALS_LINES)
