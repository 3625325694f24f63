"""What must always be true of cases, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_ENDS = """
SELECT id, state, outcome, amount_vnd, ended_ms FROM cases
WHERE (state IN ('settled', 'withdrawn')) <> (ended_ms IS NOT NULL)
    OR (ended_ms IS NOT NULL AND open_key IS NOT NULL)
    OR (state = 'escalated' AND escalated_ms IS NULL)
    OR (outcome IN ('refund', 'credit') AND amount_vnd = 0)
    OR (outcome NOT IN ('refund', 'credit') AND amount_vnd <> 0)
    OR (by_officer AND escalated_ms IS NULL)
"""
_NOTES = """
SELECT n.id, n.case_id FROM case_notes n JOIN cases c ON c.id = n.case_id
    WHERE n.seller_id <> c.seller_id
UNION ALL SELECT 'no note', c.id FROM cases c
    WHERE NOT EXISTS (SELECT 1 FROM case_notes n WHERE n.case_id = c.id AND n.what = 'opened')
UNION ALL SELECT 'no reason', c.id FROM cases c WHERE c.state = 'settled'
    AND NOT EXISTS (SELECT 1 FROM case_notes n
        WHERE n.case_id = c.id AND n.what = 'settled' AND n.text <> '')
"""
_EARLY = """
SELECT id, due_ms, warned_ms, escalated_ms FROM cases WHERE escalated_ms IS NOT NULL
    AND (escalated_ms < due_ms OR warned_ms IS NULL OR escalated_ms < warned_ms + 86400000)
    AND NOT EXISTS (SELECT 1 FROM case_notes n WHERE n.case_id = cases.id AND n.what = 'disputed')
"""
_CREDITS = """
SELECT n.id, n.case_id, n.text FROM case_notes n JOIN cases c ON c.id = n.case_id
WHERE n.what = 'credited' AND NOT EXISTS (
    SELECT 1 FROM vouchers v WHERE v.owner = c.seller_id AND v.code = n.text AND v.most_uses = 1)
UNION ALL SELECT 'twice', c.id, '' FROM cases c WHERE (
    SELECT COUNT(*) FROM case_notes n WHERE n.case_id = c.id AND n.what = 'credited') > (
    SELECT COUNT(*) FROM case_notes n WHERE n.case_id = c.id AND n.what = 'settled')
"""


@check("cases.ends_agree")
def ends_agree(session: Session) -> Iterable[str]:
    """A case that is over has its time, its outcome its sum, and an officer's outcome an officer."""
    return wrong_rows(session, _ENDS)


@check("cases.every_step_has_a_note")
def every_step_has_a_note(session: Session) -> Iterable[str]:
    """Every case begins with a note, every outcome has its reason, and notes are the seller's concerned."""
    return wrong_rows(session, _NOTES)


@check("cases.sellers_had_their_time")
def sellers_had_their_time(session: Session) -> Iterable[str]:
    """No officer took over before the seller's 48 hours, nor within 24 hours of the notice."""
    return wrong_rows(session, _EARLY)


@check("cases.credits_are_vouchers")
def credits_are_vouchers(session: Session) -> Iterable[str]:
    """A credit is a voucher of the seller's for one use, and an outcome gives out one at most."""
    return wrong_rows(session, _CREDITS)
