"""What must always be true of notices, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_TWICE = """
SELECT notice_id, COUNT(*) AS went FROM notice_tries
WHERE outcome IN ('sent', 'unknown', 'reached') GROUP BY notice_id
HAVING SUM(CASE WHEN outcome = 'sent' THEN 1 ELSE 0 END) > 1
    OR SUM(CASE WHEN outcome = 'unknown' THEN 1 ELSE 0 END) > 1
    OR (SUM(CASE WHEN outcome = 'sent' THEN 1 ELSE 0 END) > 0 AND COUNT(*) > 1)
"""
_FATES = """
SELECT n.id, n.state FROM notices n
WHERE (n.state IN ('waiting', 'sending', 'to_call')) <> (n.ended_ms IS NULL)
    OR (n.state = 'sent' AND NOT EXISTS (
        SELECT 1 FROM notice_tries t WHERE t.notice_id = n.id AND t.outcome = 'sent'))
    OR (n.state = 'reached' AND NOT EXISTS (
        SELECT 1 FROM notice_tries t WHERE t.notice_id = n.id AND t.outcome = 'reached'))
UNION ALL SELECT t.id, t.outcome FROM notice_tries t JOIN notices n ON n.id = t.notice_id
WHERE t.seller_id <> n.seller_id
"""


@check("notices.none_went_twice")
def none_went_twice(session: Session) -> Iterable[str]:
    """No notice went by two roads, nor was anything tried again after it may have gone."""
    return wrong_rows(session, _TWICE)


@check("notices.fates_agree")
def fates_agree(session: Session) -> Iterable[str]:
    """What is said to have been sent or reached has a try that says so; what ended has its time."""
    return wrong_rows(session, _FATES)
