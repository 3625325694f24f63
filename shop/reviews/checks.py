"""What must always be true of reviews, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_EARNED = """
SELECT r.id, r.order_code, o.state FROM reviews r
JOIN orders o ON o.code = r.order_code JOIN listings i ON i.id = r.listing_id
WHERE o.state NOT IN ('delivered', 'closed', 'returned') OR r.person_id <> o.person_id
    OR r.seller_id <> o.seller_id OR r.product_id <> i.product_id
    OR NOT EXISTS (SELECT 1 FROM order_lines l
        WHERE l.order_code = r.order_code AND l.listing_id = r.listing_id)
"""


@check("reviews.are_earned")
def are_earned(session: Session) -> Iterable[str]:
    """A review is of the buyer of an order that was delivered, about something in it."""
    return wrong_rows(session, _EARNED)
