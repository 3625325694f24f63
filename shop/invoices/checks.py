"""What must always be true of invoice requests, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_ANSWERS = """
SELECT i.id, i.order_code, i.state FROM invoice_requests i JOIN orders o ON o.code = i.order_code
WHERE i.seller_id <> o.seller_id OR (i.state <> 'declined') <> (i.open_key IS NOT NULL)
    OR (i.open_key IS NOT NULL AND i.open_key <> i.order_code)
    OR (i.state = 'requested') <> (i.answered_ms IS NULL)
    OR (i.state = 'requested') <> (i.answered_by = '')
    OR (i.answered_ms IS NOT NULL AND i.answered_ms < i.asked_ms)
    OR (i.state = 'issued') <> (i.number <> '') OR (i.state <> 'issued' AND i.url <> '')
    OR (i.state = 'declined') <> (i.why <> '')
    OR (i.version > 1) <> (i.corrected_ms IS NOT NULL)
"""


@check("invoices.answers_are_whole")
def answers_are_whole(session: Session) -> Iterable[str]:
    """A request is its order's seller's; issued has a number, declined a reason, and each who and when."""
    return wrong_rows(session, _ANSWERS)
