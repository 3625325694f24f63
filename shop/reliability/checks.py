"""What must always be true of what was noted of buyers, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_OF_ORDERS = """
SELECT f.id, f.order_code, o.state FROM reliability_facts f JOIN orders o ON o.code = f.order_code
WHERE f.seller_id <> o.seller_id OR f.person_id <> o.person_id
    OR (f.kind = 'unpaid' AND o.state <> 'expired') OR (f.kind = 'refused' AND o.state <> 'refused')
"""
_FORGIVEN_TWICE = """
SELECT a.id FROM deposit_appeals a WHERE a.answer = 'forgiven' AND EXISTS (
    SELECT 1 FROM reliability_facts f WHERE f.seller_id = a.seller_id AND f.person_id = a.person_id
        AND f.forgiven_ms IS NULL AND f.at_ms < a.at_ms)
"""


@check("reliability.facts_are_the_orders")
def facts_are_the_orders(session: Session) -> Iterable[str]:
    """What is noted of a buyer happened to an order of theirs at that seller, which ended so."""
    return wrong_rows(session, _OF_ORDERS)


@check("reliability.forgiven_is_forgiven")
def forgiven_is_forgiven(session: Session) -> Iterable[str]:
    """Nothing from before an appeal that was granted counts against its buyer."""
    return wrong_rows(session, _FORGIVEN_TWICE)
