"""What must always be true of a stopped show, as queries for `flask fsck`; nothing is repaired here."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_SELLS_ON = """
SELECT s.session_id, l.state FROM session_stops s JOIN live_sessions l ON l.id = s.session_id
    WHERE l.state NOT IN ('ended', 'replay', 'archived', 'cancelled')
UNION ALL SELECT s.session_id, c.id FROM session_stops s JOIN claims c ON c.session_id = s.session_id
    WHERE s.scope = 'all' AND (c.state = 'held' OR c.wait_state IN ('waiting', 'offered'))
"""
_UNFROZEN = """
SELECT f.order_code, o.state FROM order_freezes f JOIN orders o ON o.code = f.order_code
WHERE f.ruling = '' AND o.state NOT IN ('secured', 'packing', 'packed', 'cancelled')
"""


@check("live.stopped_shows_sell_nothing")
def stopped_shows_sell_nothing(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SELLS_ON)


@check("shop.frozen_orders_stay")
def frozen_orders_stay(session: Session) -> Iterable[str]:
    return wrong_rows(session, _UNFROZEN)
