"""Each kind of money books to an account of its own, is undone as a fact, and leaves the books even."""

from collections import Counter

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core import fsck
from core.errors import BadRequest
from core.ids import new_id
from payments import payments
from payments.desk import decisions, dues, kinds
from payments.desk.decisions import Word
from payments.desk.desk_errors import MoreThanDue, NoSuchDue, OnTopOfPayment
from payments.desk.desk_rules import Share
from payments.desk.dues import Due
from payments.desk.models import LineShare
from payments.ledger import chart, posting
from payments.models import BankLine
from payments.states import Account
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell

_VND = 55_000
INVOICE = Account.FEE_INVOICE


def line_of(session: Session, till: Till, text: str, direction: str, vnd: int = _VND) -> str:
    tell(session, till, sepay_body(till, Transfer(text, vnd, direction=direction)))
    query = select(BankLine.id).where(BankLine.account_id == till.account_id)
    return session.scalars(query.where(BankLine.content == text)).one()


def word(till: Till, line: str, seen: int = 0) -> Word:
    return Word(till.seller_id, line, seen, "p:staff", "phí tháng 11")


def stands(session: Session, till: Till) -> dict[str, int]:
    sums: dict[str, int] = {}
    for one in posting.balances(session, till.seller_id):
        sums[one.account] = sums.get(one.account, 0) + one.amount_vnd
    return {account: vnd for account, vnd in sums.items() if vnd}


def problems(session: Session) -> list[str]:
    return [found for verdict in fsck.run_all(session) for found in verdict.problems]


def test_each_kind_stands_on_an_account_of_its_own(session: Session) -> None:
    till = make_till(session)
    wanted: Counter[str] = Counter()
    for number, kind in enumerate(one for one in kinds.KINDS if not one.asks):
        vnd = _VND + number if kind.direction == "in" else -_VND - number
        line = line_of(session, till, f"GD {number}", kind.direction, abs(vnd))
        decisions.place(session, word(till, line), [Share(abs(vnd), None, kind.account)])
        wanted.update({chart.bank(till.account_id): vnd, chart.OF_PART[kind.account]: -vnd})
    assert stands(session, till) == {account: vnd for account, vnd in wanted.items() if vnd}


def test_a_kind_taken_back_waits_again_and_leaves_nothing_in_the_books(session: Session) -> None:
    till = make_till(session)
    line = line_of(session, till, "THU PHI SMS", "out")
    decisions.place(session, word(till, line), [Share(_VND, None, Account.BANK_FEE)])
    decisions.take_back(session, word(till, line, 1))
    assert stands(session, till) == {chart.bank(till.account_id): -_VND, chart.OUTGOING: _VND}
    assert problems(session) == []


def test_money_between_two_own_accounts_is_nothing_in_the_end(session: Session) -> None:
    till = make_till(session)
    other = make_till(session, till.seller_id)
    for place, direction in ((till, "out"), (other, "in")):
        line = line_of(session, place, "CHUYEN TIEN", direction)
        decisions.place(session, word(till, line), [Share(_VND, None, Account.OWN_TRANSFER)])
    banks = {chart.bank(till.account_id): -_VND, chart.bank(other.account_id): _VND}
    assert stands(session, till) == banks


def test_a_kind_for_the_other_direction_is_refused(session: Session) -> None:
    till = make_till(session)
    line = line_of(session, till, "TIEN VAO", "in")
    with pytest.raises(BadRequest):
        decisions.place(session, word(till, line), [Share(_VND, None, Account.BANK_FEE)])


def test_what_a_buyer_paid_on_top_is_nobodys_capital(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till, 50_000)
    line = line_of(session, till, f"{code} chuyen thua", "in")
    paying = Share(50_000, _payment(session, code))
    with pytest.raises(OnTopOfPayment):
        decisions.place(session, word(till, line), [paying, Share(5_000, None, Account.OWNER)])
    decisions.place(session, word(till, line), [paying, Share(5_000, None, Account.OTHER_IN)])
    assert stands(session, till)[chart.OTHER_IN] == -5_000


def test_the_banks_words_speak_for_a_kind_only_where_they_speak_for_one() -> None:
    assert kinds.likely("THU PHI SMS T11", "out") is Account.BANK_FEE
    assert kinds.likely("Lãi nhập vốn", "in") is Account.INTEREST
    assert kinds.likely("tien cong hai, mua hang", "out") is None
    assert kinds.likely("THU PHI SMS T11", "in") is None


def test_every_kind_has_its_words_and_its_account_in_the_chart() -> None:
    for one in kinds.KINDS:
        assert chart.meaning(chart.OF_PART[one.account]).number
        assert kinds.words(one.account, one.direction) == one.words


def test_a_payment_fills_the_chosen_thing_first_and_then_the_oldest() -> None:
    due = [Due("a", "T9", 30_000), Due("b", "T10", 40_000)]
    rest = Share(50_000, None, INVOICE)
    filled = [(one.about, one.amount_vnd) for one in dues.spread(due, "b", rest)]
    assert filled == [("b", 40_000), ("a", 10_000)]
    with pytest.raises(MoreThanDue):
        dues.spread(due, "b", Share(70_001, None, INVOICE))
    with pytest.raises(NoSuchDue):
        dues.spread(due, "c", rest)


def test_fsck_finds_a_kind_that_does_not_fit_its_line(session: Session) -> None:
    till = make_till(session)
    line = line_of(session, till, "GIAO DICH", "in")
    decisions.place(session, word(till, line), [Share(_VND, None, Account.INTEREST)])
    first = session.scalars(select(LineShare)).one()
    wrong = {"account": "bank_fee", "amount_vnd": 1, "about": ""}
    ids = {"id": new_id(), "decision_id": first.decision_id, "seller_id": till.seller_id}
    session.execute(insert(LineShare), [{**ids, **wrong}])
    assert any("bank_fee" in found for found in problems(session))


def _payment(session: Session, code: str) -> str:
    return payments.facts_by_code(session, code).id
