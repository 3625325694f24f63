"""What cards bring and lose stands in the books and on the money front, once, whatever was booked before."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.clock import FixedClock
from payments.desk import front
from payments.ledger import opening, posting
from tests.factories.cards import charged, problems
from tests.factories.payments import Till, open_payment
from tests.support.fake_stripe import FakeStripe


def test_what_a_card_paid_today_counts_among_todays_money(
    session: Session, till: Till, stripe: FakeStripe, time_at: FixedClock
) -> None:
    charged(session, stripe, open_payment(session, till))
    today = front.today(session, till.seller_id)
    assert (today.card_vnd, today.bank_vnd, today.came_vnd) == (130_000, 0, 130_000)
    time_at.advance(24 * 60 * 60_000)
    assert front.today(session, till.seller_id).came_vnd == 0


def test_card_money_from_before_the_ledger_is_booked_once(
    session: Session, till: Till, stripe: FakeStripe
) -> None:
    charged(session, stripe, open_payment(session, till))
    before = posting.digest(session, till.seller_id)
    for table in ("ledger_lines", "ledger_entries", "ledger_series"):
        for what in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{what}"))
        session.execute(text(f"DELETE FROM {table}"))
    session.expire_all()
    for _ in range(2):
        opening.book(session)
        assert posting.digest(session, till.seller_id) == before
    assert problems(session) == []
