"""What `flask fsck` proves of money that people saw: a named person stands behind each word (P7)."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_WORDS = """
SELECT t.id, t.key FROM line_tellings t LEFT JOIN attestations a ON a.id = t.source
WHERE t.road = 'manual' AND (
    a.id IS NULL OR a.seller_id <> t.seller_id OR a.account_id <> t.account_id
    OR a.actor = '' OR a.reason = '' OR length(t.tail) <> 4
)
"""
_BACK = """
SELECT b.id, b.key FROM line_tellings b LEFT JOIN line_tellings t
    ON t.account_id = b.account_id AND t.road = 'manual' AND b.key = 'back:' || t.key
WHERE b.road = 'manual' AND b.direction = 'out' AND (
    t.id IS NULL OR t.direction <> 'in' OR t.amount_vnd <> b.amount_vnd OR t.at_ms <> b.at_ms
)
"""
_PAYS = """
SELECT p.id, p.account FROM matched_parts p
JOIN line_tellings t ON t.line_id = p.bank_line_id AND t.road = 'manual' AND t.direction = 'in'
JOIN line_tellings b
    ON b.account_id = t.account_id AND b.road = 'manual' AND b.key = 'back:' || t.key
WHERE p.account <> 'not_ours'
"""


@check("payments.seen_money_has_a_witness")
def words_have_a_witness(session: Session) -> Iterable[str]:
    """Each line told by hand has a person, a reason and four letters to hold against the statement."""
    return wrong_rows(session, _WORDS)


@check("payments.taken_back_stands_against_its_word")
def back_stands_against_its_word(session: Session) -> Iterable[str]:
    """What takes a word back is of the same sum and time, so that the account is as if nobody had spoken."""
    return wrong_rows(session, _BACK)


@check("payments.taken_back_pays_for_nothing")
def taken_back_pays_for_nothing(session: Session) -> Iterable[str]:
    """No đồng of a word that was taken back counts for anything."""
    return wrong_rows(session, _PAYS)
