"""Money sent by mistake is set aside, goes back by an outgoing line, and never more of it than came."""

import pytest
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.desk import decisions, strangers
from payments.desk.desk_errors import MoreThanSetAside, OwedWithOrder, WentBack
from payments.desk.desk_rules import Share
from payments.errors import MoneyGoesBack
from payments.ledger import chart, posting
from payments.refunds import beginning
from payments.refunds.beginning import Asked
from payments.refunds.rules import Source
from payments.states import Account
from tests.factories.payments import Till, make_till, open_payment, pay
from tests.unit.payments.desk.test_decisions import came, share, sound, word

BACK = Account.REFUND_DUE


def set_aside(session: Session, till: Till, amount_vnd: int = 50_000) -> str:
    """A stranger's transfer that somebody said goes back; its line."""
    line = came(session, till, "chuyen nham", amount_vnd)
    decisions.place(session, word(till, line), [Share(amount_vnd, None, BACK)])
    return line


def sent_back(session: Session, till: Till, amount_vnd: int = 50_000) -> str:
    return came(session, till, "tra lai", amount_vnd, direction="out")


def owed_in_books(session: Session, till: Till) -> int:
    found = posting.balances(session, till.seller_id)
    return -sum(one.amount_vnd for one in found if one.account == chart.REFUND_DUE)


def test_what_was_set_aside_is_owed_until_a_line_out_is_said_to_be_it(session: Session) -> None:
    till = make_till(session)
    set_aside(session, till)
    assert (strangers.left_vnd(session, till.seller_id), owed_in_books(session, till)) == (
        50_000,
        50_000,
    )
    out = sent_back(session, till)
    decisions.place(session, word(till, out), [Share(50_000, None, BACK)])
    assert (strangers.left_vnd(session, till.seller_id), owed_in_books(session, till)) == (0, 0)
    assert sound(session)


def test_no_more_goes_back_than_was_set_aside(session: Session) -> None:
    till = make_till(session)
    set_aside(session, till)
    out = sent_back(session, till, 60_000)
    with pytest.raises(MoreThanSetAside) as refused:
        decisions.place(session, word(till, out), [Share(60_000, None, BACK)])
    assert refused.value.data == {"left": "50.000 đ"}


def test_a_line_out_pays_no_order(session: Session) -> None:
    till = make_till(session)
    code, out = open_payment(session, till), sent_back(session, till)
    with pytest.raises(NotFound):
        decisions.place(session, word(till, out), [share(session, code, 50_000)])


def test_what_went_back_is_not_taken_back(session: Session) -> None:
    till = make_till(session)
    line, out = set_aside(session, till), sent_back(session, till)
    decisions.place(session, word(till, out), [Share(50_000, None, BACK)])
    with pytest.raises(WentBack):
        decisions.take_back(session, word(till, line, 1))


def test_what_is_on_top_of_an_order_goes_back_with_the_order(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    line = came(session, till, f"{code} du", 150_000)
    shares = [share(session, code, 130_000), Share(20_000, None, BACK)]
    with pytest.raises(OwedWithOrder):
        decisions.place(session, word(till, line), shares)


def test_what_is_on_its_way_back_becomes_no_other_orders(session: Session) -> None:
    till = make_till(session)
    first, second = open_payment(session, till), open_payment(session, till)
    pay(session, till, first, 130_000)
    line = came(session, till, f"{first} lan hai", 130_000)
    reference = f"order:{first}"
    asked = Asked(till.seller_id, reference, 130_000, "chuyển hai lần", "p:a", Source.EXTRA)
    beginning.begin(session, asked)
    with pytest.raises(MoneyGoesBack):
        decisions.place(session, word(till, line), [share(session, second, 130_000)])
    session.rollback()
