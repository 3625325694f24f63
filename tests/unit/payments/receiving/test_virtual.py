"""Buyers pay to a virtual account where a feed wants it; the money is the account's whose number it is."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import fsck
from core.errors import NotFound
from payments import payments
from payments.bank import accounts, feed_desk
from payments.bank.change_errors import AccountKnown, NumberDiffers
from payments.ledger import chart, posting
from payments.models import BankLine, MatchedPart
from payments.qr import vietqr
from payments.qr.vietqr import VietQR
from payments.receiving import changes, virtual
from payments.refunds import owed
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell

NUMBER, FIRST, SECOND = "VA9624001", "p:first-owner", "p:second-owner"


def forced(session: Session, till: Till, number: str = NUMBER) -> str:
    """The change that is asked for."""
    return virtual.force(session, till.seller_id, till.feed_id, (number, number), FIRST)


def in_force(session: Session, till: Till) -> str:
    """A payment opened once buyers pay to the virtual account; its code."""
    changes.confirm(session, till.seller_id, forced(session, till), SECOND)
    return open_payment(session, till)


def comes(session: Session, till: Till, code: str, **numbers: str | None) -> None:
    tell(session, till, sepay_body(till, Transfer(f"{code} tien che", 130_000), **numbers))


def test_it_waits_like_any_change_of_where_money_goes(session: Session) -> None:
    till = make_till(session)
    before = open_payment(session, till)
    change = forced(session, till)
    assert accounts.receiving(session, till.seller_id).number == till.number
    changes.confirm(session, till.seller_id, change, SECOND)
    assert accounts.receiving(session, till.seller_id).number == NUMBER
    assert payments.facts_by_code(session, before).account_number == till.number
    assert feed_desk.of_seller(session, till.seller_id)[0].virtual == NUMBER


def test_qr_and_copied_number_are_the_virtual_accounts(session: Session) -> None:
    till = make_till(session)
    told = payments.facts_by_code(session, in_force(session, till))
    assert told.account_number == NUMBER
    read = vietqr.read(told.qr_payload or "")
    assert isinstance(read, VietQR)
    assert read.account == NUMBER


@pytest.mark.parametrize(
    "numbers",
    [
        {"subAccount": NUMBER},
        {"accountNumber": NUMBER},
        {"accountNumber": "0", "subAccount": NUMBER},
    ],
)
def test_what_comes_to_it_pays_and_stands_on_the_real_account(
    session: Session, numbers: dict[str, str]
) -> None:
    till = make_till(session)
    code = in_force(session, till)
    comes(session, till, code, **numbers)
    assert payments.facts_by_code(session, code).state == "settled"
    assert session.scalars(select(BankLine.account_id)).all() == [till.account_id]
    assert session.scalars(select(MatchedPart.note)).all() == [""]
    booked = {one.account: one.amount_vnd for one in posting.balances(session, till.seller_id)}
    assert booked[chart.bank(till.account_id)] == 130_000
    assert owed.hears_out(session, f"order:{code}")
    assert not [problem for verdict in fsck.run_all(session) for problem in verdict.problems]


def test_money_to_the_real_account_pays_as_well(session: Session) -> None:
    till = make_till(session)
    code = in_force(session, till)
    comes(session, till, code)
    assert payments.facts_by_code(session, code).state == "settled"


def test_it_has_no_statement_of_its_own(session: Session) -> None:
    till = make_till(session)
    in_force(session, till)
    assert [one.id for one in accounts.of_seller(session, till.seller_id)] == [till.account_id]


def test_the_same_number_again_asks_again_and_strange_ones_are_refused(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    forced(session, till)
    again = forced(session, till, "VA96 24001")
    changes.stop(session, till.seller_id, again, SECOND)
    with pytest.raises(AccountKnown):
        forced(session, till, other.number)
    with pytest.raises(NumberDiffers):
        virtual.force(session, till.seller_id, till.feed_id, (NUMBER + "1", NUMBER), FIRST)
    with pytest.raises(NotFound):
        virtual.force(session, other.seller_id, till.feed_id, (NUMBER, NUMBER), FIRST)
