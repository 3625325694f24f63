"""What `flask fsck` finds of refunds whose rows were damaged."""

import pytest
from sqlalchemy import Executable, text, update
from sqlalchemy.orm import Session

from core import fsck
from payments.models import Payment
from payments.refunds.models import Refund
from tests.factories.payments import make_till
from tests.factories.refunds import bank_sends, begin, give_account, paid


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("refunds_never_pass_what_came", update(Refund).values(amount_vnd=17_000)),
        ("owed_back_is_the_sum_of_its_parts", update(Payment).values(owed_vnd=1)),
        ("refunds_are_proved_by_lines", update(Refund).values(out_line_id=None)),
        ("refund_accounts_can_be_read", text("UPDATE refund_accounts SET sealed = 'x'")),
    ],
)
def test_fsck_finds_what_is_broken(session: Session, name: str, damage: Executable) -> None:
    till = make_till(session)
    reference = paid(session, till, back_vnd=18_000)
    give_account(session, reference)
    refund = begin(session, till, reference, 18_000)
    bank_sends(session, till, refund.code, 18_000)
    session.execute(damage)
    session.expire_all()
    broken = [verdict.name for verdict in fsck.run_all(session) if verdict.problems]
    assert f"payments.{name}" in broken
