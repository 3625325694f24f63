"""`flask fsck` finds cases whose rows cannot be true."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import fsck
from shop.cases import handling
from shop.cases.case_rules import HOUR_MS, REPLACE
from shop.cases.handling import Outcome
from shop.cases.opening import SELLER, Words
from tests.factories.cases import listing_case
from tests.factories.shop import make_stand

BREAKS = {
    "cases.ends_agree": (
        "UPDATE cases SET ended_ms = NULL",
        "UPDATE cases SET open_key = 'still'",
        "UPDATE cases SET amount_vnd = 5",
        "UPDATE cases SET by_officer = TRUE",
    ),
    "cases.every_step_has_a_note": (
        "DELETE FROM case_notes WHERE what = 'opened'",
        "UPDATE case_notes SET text = '' WHERE what = 'settled'",
    ),
    "cases.sellers_had_their_time": (
        "UPDATE cases SET escalated_ms = opened_ms, warned_ms = opened_ms",
        f"UPDATE cases SET escalated_ms = due_ms, warned_ms = due_ms - {23 * HOUR_MS}",
    ),
}


def problems(session: Session) -> set[str]:
    return {
        verdict.name
        for verdict in fsck.run_all(session)
        if verdict.problems and verdict.name.startswith("cases.")
    }


@pytest.fixture
def settled(session: Session) -> Session:
    """A case that has its outcome."""
    case_id = listing_case(session, make_stand(session).listing_id)
    words = Words("p:staff", "Đổi gói khác")
    handling.settle(session, case_id, SELLER, Outcome(REPLACE, 0, words))
    session.flush()
    return session


def test_a_case_that_is_over_is_right(settled: Session) -> None:
    assert problems(settled) == set()


@pytest.mark.parametrize(
    ("name", "change"), [(n, one) for n, all_ in BREAKS.items() for one in all_]
)
def test_a_case_that_cannot_be_is_named(settled: Session, name: str, change: str) -> None:
    settled.execute(text(change))
    assert name in problems(settled)
