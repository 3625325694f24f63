"""What must always be true of the members' book, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_BOOK_EQUALS_SHARES = """
SELECT x.seller_id, x.reference, x.payee, SUM(x.shared), SUM(x.booked) FROM (
    SELECT seller_id, 'order:' || order_code AS reference, 'member:' || member_id AS payee,
        earned_vnd AS shared, 0 AS booked FROM sale_shares
    UNION ALL
    SELECT seller_id, reference, payee, 0, amount_vnd FROM payee_entries WHERE kind = 'sale'
) x GROUP BY x.seller_id, x.reference, x.payee HAVING SUM(x.shared) <> SUM(x.booked)
"""
_SHARES_OF_OTHERS = """
SELECT s.line_id, s.member_id FROM sale_shares s JOIN orders o ON o.code = s.order_code
JOIN members m ON m.id = s.member_id
WHERE s.seller_id <> o.seller_id OR s.seller_id <> m.seller_id
"""
_MORE_THAN_THE_LINE = """
SELECT l.id, l.amount_vnd, SUM(s.earned_vnd) FROM sale_shares s JOIN order_lines l ON l.id = s.line_id
GROUP BY l.id, l.amount_vnd HAVING SUM(s.whole_vnd) > l.amount_vnd
"""


@check("members_book.book_equals_shares")
def book_equals_shares(session: Session) -> Iterable[str]:
    """What stands in the book for an order is what its lines say is whose."""
    return wrong_rows(session, _BOOK_EQUALS_SHARES)


@check("members_book.shares_are_of_the_sellers_own")
def shares_are_of_the_sellers_own(session: Session) -> Iterable[str]:
    """A share belongs to the order's seller and to a member of theirs."""
    return wrong_rows(session, _SHARES_OF_OTHERS)


@check("members_book.no_more_than_the_line")
def no_more_than_the_line(session: Session) -> Iterable[str]:
    """Members together have no more of a line than it cost."""
    return wrong_rows(session, _MORE_THAN_THE_LINE)
