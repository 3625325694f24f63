"""What must always be true of the live tables, as queries for `flask fsck`; nothing is repaired here."""

from collections.abc import Iterable
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows
from livestream import log
from livestream.models import LiveSession
from livestream.room import view
from livestream.room.snapshot import Counters, Snapshot, fold

_SEQS = """
SELECT s.id, s.last_seq, COUNT(l.seq) AS entries, COALESCE(MAX(l.seq), 0) AS newest
FROM live_sessions s LEFT JOIN live_log l ON l.session_id = s.id GROUP BY s.id, s.last_seq
HAVING COUNT(l.seq) <> s.last_seq OR COALESCE(MAX(l.seq), 0) <> s.last_seq
"""
_NUMBERS = """
SELECT s.id, s.last_number, COUNT(c.number) AS claims, COALESCE(MAX(c.number), 0) AS newest
FROM live_sessions s LEFT JOIN claims c ON c.session_id = s.id GROUP BY s.id, s.last_number
HAVING COUNT(c.number) <> s.last_number OR COALESCE(MAX(c.number), 0) <> s.last_number
"""
_USED = """
SELECT * FROM (SELECT p.id, a.used,
    (SELECT COALESCE(SUM(c.held), 0) FROM claims c
        WHERE c.pin_id = p.id AND c.state = 'held') * p.pack_size AS held,
    (SELECT COALESCE(SUM(h.quantity), 0) FROM stock_holds h
        WHERE h.allotment_id = a.id AND h.state = 'active') AS ordered
    FROM pins p JOIN allotments a ON a.id = p.allotment_id) sums
WHERE used <> held + ordered
"""
_PARTS = """
SELECT id, held, waiting, state, wait_state FROM claims
WHERE (held > 0) <> (state IN ('held', 'ordered', 'paid'))
    OR (waiting > 0) <> (wait_state = 'waiting')
    OR (wait_state = 'offered' AND offered = 0)
    OR (offered > 0) <> (reach_by_ms IS NOT NULL)
    OR (offered > 0 AND state <> 'held')
    OR (state = 'held' AND expires_ms IS NULL)
    OR (order_code IS NULL) <> (ordered_packs = 0)
"""
_LIMITS = """
SELECT c.pin_id, c.person_id, SUM(c.held + c.waiting) AS packs, p.limit_packs
FROM claims c JOIN pins p ON p.id = c.pin_id GROUP BY c.pin_id, c.person_id, p.limit_packs
HAVING SUM(c.held + c.waiting) > p.limit_packs
"""
_SCREENS = """
SELECT session_id, SUM(CASE WHEN state = 'showing' THEN 1 ELSE 0 END) AS main,
    SUM(CASE WHEN state = 'side' THEN 1 ELSE 0 END) AS beside
FROM pins GROUP BY session_id
HAVING SUM(CASE WHEN state = 'showing' THEN 1 ELSE 0 END) > 1
    OR SUM(CASE WHEN state = 'side' THEN 1 ELSE 0 END) > 3
"""
_ORDERED = """
SELECT id, claimed, packs, lost FROM (SELECT c.order_code AS id, SUM(c.ordered_packs) AS claimed,
    (SELECT COALESCE(SUM(l.packs), 0) FROM order_lines l WHERE l.order_code = c.order_code) AS packs,
    (SELECT COALESCE(SUM(CASE WHEN o.kind = 'added' THEN -o.packs ELSE o.packs END), 0)
        FROM order_line_changes o WHERE o.order_code = c.order_code) AS lost
    FROM claims c WHERE c.order_code IS NOT NULL GROUP BY c.order_code) sums
WHERE claimed <> packs + lost
"""
_SELLERS = """
SELECT 'pin' AS what, p.id FROM pins p JOIN listings l ON l.id = p.listing_id
    WHERE p.seller_id <> l.seller_id
UNION ALL SELECT 'allotment of pin', p.id FROM pins p JOIN allotments a ON a.id = p.allotment_id
    WHERE p.seller_id <> a.seller_id
UNION ALL SELECT 'claim', c.id FROM claims c JOIN pins p ON p.id = c.pin_id
    WHERE c.seller_id <> p.seller_id OR c.session_id <> p.session_id
UNION ALL SELECT 'order of claim', c.id FROM claims c JOIN orders o ON o.code = c.order_code
    WHERE c.seller_id <> o.seller_id OR c.person_id <> o.person_id
"""
_CONSENTS = """
SELECT p.id, p.seller_id FROM pins p JOIN live_sessions s ON s.id = p.session_id
WHERE p.seller_id <> s.seller_id AND p.state <> 'closed' AND NOT EXISTS (
    SELECT 1 FROM live_invitations i WHERE i.session_id = p.session_id
        AND i.seller_id = p.seller_id AND i.state = 'accepted' AND i.answered_ms = p.consent_ms)
"""


@check("live.log_is_gapless")
def log_is_gapless(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SEQS)


@check("live.numbers_are_gapless")
def numbers_are_gapless(session: Session) -> Iterable[str]:
    return wrong_rows(session, _NUMBERS)


@check("live.used_is_claimed_or_ordered")
def used_is_claimed_or_ordered(session: Session) -> Iterable[str]:
    return wrong_rows(session, _USED)


@check("live.claims_are_whole")
def claims_are_whole(session: Session) -> Iterable[str]:
    return wrong_rows(session, _PARTS)


@check("live.limits_hold")
def limits_hold(session: Session) -> Iterable[str]:
    return wrong_rows(session, _LIMITS)


@check("live.screens_have_room")
def screens_have_room(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SCREENS)


@check("live.orders_hold_their_claims")
def orders_hold_their_claims(session: Session) -> Iterable[str]:
    return wrong_rows(session, _ORDERED)


@check("live.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SELLERS)


@check("live.pins_have_consent")
def pins_have_consent(session: Session) -> Iterable[str]:
    return wrong_rows(session, _CONSENTS)


@check("live.log_folds_to_rows")
def log_folds_to_rows(session: Session) -> Iterable[str]:
    """The whole log, folded from nothing, is what the rows say: nobody was told another truth."""
    begun = select(LiveSession.id).where(LiveSession.started_ms.is_not(None))
    for session_id in session.scalars(begun.order_by(LiveSession.id)):
        wrong = _told_wrong(session, session_id)
        if wrong:
            yield f"session {session_id}: {', '.join(wrong)}"


def _told_wrong(session: Session, session_id: str) -> list[str]:
    """What of a session's snapshot its log tells otherwise."""
    try:
        told = fold(_blank(session, session_id), log.entries(session, session_id, 0, None))
    except ValueError as gap:
        return [str(gap)]
    real = view.snapshot(session, session_id)
    return [name for name in real if real.get(name) != told.get(name)]


def _blank(session: Session, session_id: str) -> Snapshot:
    """The session before its first event."""
    now = view.snapshot(session, session_id)
    counters = Counters(claims=0, held=0, waiting=0, ordered=0, paid=0)
    blank = {**now, "state": "checked", "seq": 0, "announcement": "", "pins": [], "claims": []}
    return cast(Snapshot, {**blank, "counters": counters})
