"""`flask fsck` finds notices that went twice, and fates that cannot be."""

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core import clock, fsck
from core.ids import new_id
from shop.notices.models import Notice, NoticeTry
from tests.factories.notices import make_notice


def tried(session: Session, notice_id: str, number: int, outcome: str) -> None:
    seller = session.get_one(Notice, notice_id).seller_id
    row = NoticeTry(
        id=new_id(),
        notice_id=notice_id,
        seller_id=seller,
        number=number,
        road="sms",
        outcome=outcome,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()


def problems(session: Session) -> set[str]:
    verdicts = fsck.run_all(session)
    return {one.name for one in verdicts if one.problems and one.name.startswith("notices.")}


@pytest.mark.parametrize("fates", [("sent", "sent"), ("sent", "unknown"), ("unknown", "unknown")])
def test_a_notice_that_may_have_gone_twice_is_named(
    session: Session, fates: tuple[str, str]
) -> None:
    notice = make_notice(session)
    tried(session, notice, 1, "refused")
    assert problems(session) == set()
    for number, fate in enumerate(fates, 2):
        tried(session, notice, number, fate)
    assert problems(session) == {"notices.none_went_twice"}


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE notices SET state = 'sent', ended_ms = 5",
        "UPDATE notices SET state = 'reached', ended_ms = 5",
        "UPDATE notices SET state = 'seen'",
        "UPDATE notices SET ended_ms = 5",
    ],
)
def test_a_fate_without_a_try_or_a_time_is_named(session: Session, change: str) -> None:
    make_notice(session)
    session.execute(text(change))
    assert problems(session) == {"notices.fates_agree"}
