"""What came on top goes where its buyer wants it, and never twice: on another payment, or kept."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import fsck
from core.errors import NotFound
from payments import payments
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.errors import RefundTooMuch
from payments.ledger import chart, posting
from payments.models import BankLine, MatchedPart, Payment
from payments.refunds import owed
from payments.refunds.rules import Source
from payments.surplus import choices, credits, moving
from payments.surplus.models import StoreCredit, SurplusChoice
from payments.surplus.moving import Chosen, Keeper
from payments.surplus.surplus_errors import AsksNothing, BuyerChose, NoCredit, NothingOnTop
from tests.factories.payments import Till, make_till, open_payment, pay
from tests.factories.refunds import BUYER, PAID_VND, begin, paid

MORE_VND = 50_000
HOA = Keeper("hoa", None)


@pytest.fixture
def till(session: Session) -> Till:
    return make_till(session)


def sound(session: Session) -> bool:
    session.flush()
    return not [problem for verdict in fsck.run_all(session) for problem in verdict.problems]


def on_top(session: Session, till: Till) -> str:
    return paid(session, till, more_vnd=MORE_VND)


def other(session: Session, till: Till, amount_vnd: int) -> str:
    return f"order:{open_payment(session, till, amount_vnd)}"


def chosen(till: Till, reference: str, amount_vnd: int = MORE_VND) -> Chosen:
    return Chosen(till.seller_id, reference, amount_vnd, BUYER)


def keep(session: Session, till: Till, reference: str, amount_vnd: int = MORE_VND) -> list[str]:
    moving.keep(session, chosen(till, reference, amount_vnd), HOA)
    return [one.id for one in credits.of_holder(session, till.seller_id, HOA.holder)]


def stands(session: Session, reference: str) -> tuple[str, int, int]:
    """The payment's state, what is paid of it, what is on top of it."""
    told = payments.facts(session, reference)
    return told.state, told.paid_vnd, told.surplus_vnd


def booked(session: Session, till: Till) -> dict[str, int]:
    """What stands in the books, by account; the bank left out."""
    found: dict[str, int] = {}
    for one in posting.balances(session, till.seller_id):
        found[one.account] = found.get(one.account, 0) - one.amount_vnd
    return {name: vnd for name, vnd in found.items() if not name.startswith("bank:") and vnd}


def test_a_surplus_pays_a_part_of_another_payment(session: Session, till: Till) -> None:
    first, second = on_top(session, till), other(session, till, 80_000)
    assert moving.put_on(session, chosen(till, first), second) == MORE_VND
    assert stands(session, first) == ("settled", PAID_VND, 0)
    assert stands(session, second) == ("part_paid", MORE_VND, 0)
    assert booked(session, till) == {chart.RECEIVED: PAID_VND + MORE_VND}
    assert payments.facts(session, first).owed_vnd == 0
    assert sound(session)


def test_a_surplus_that_fills_another_payment_settles_it_and_keeps_the_rest(
    session: Session, till: Till
) -> None:
    first, second = on_top(session, till), other(session, till, 30_000)
    assert moving.put_on(session, chosen(till, first), second) == 30_000
    assert stands(session, first) == ("settled", PAID_VND, 20_000)
    assert stands(session, second) == ("settled", 30_000, 0)
    assert payments.facts(session, second).receipt_id is not None
    assert moving.free_vnd(session, first) == 20_000
    assert booked(session, till) == {chart.RECEIVED: 160_000, chart.SURPLUS: 20_000}
    assert sound(session)


def test_a_second_transfer_is_moved_whole_and_neither_receipt_suffers(
    session: Session, till: Till
) -> None:
    code = open_payment(session, till, PAID_VND)
    pay(session, till, code, PAID_VND)
    pay(session, till, code, PAID_VND)
    receipt = payments.facts_by_code(session, code).receipt_id
    second = other(session, till, PAID_VND)
    moving.put_on(session, chosen(till, f"order:{code}", PAID_VND), second)
    assert stands(session, f"order:{code}") == ("settled", PAID_VND, 0)
    assert stands(session, second)[0] == "settled"
    assert payments.facts_by_code(session, code).receipt_id == receipt
    assert sound(session)


def test_what_is_kept_is_owed_as_credit_and_pays_the_next_payment(
    session: Session, till: Till
) -> None:
    first = on_top(session, till)
    ids = keep(session, till, first)
    assert booked(session, till) == {chart.RECEIVED: PAID_VND, chart.STORE_CREDIT: MORE_VND}
    second, third = other(session, till, 20_000), other(session, till, 100_000)
    assert credits.spend(session, till.seller_id, ids, second, BUYER) == 20_000
    assert credits.spend(session, till.seller_id, ids, third, BUYER) == 30_000
    assert stands(session, second) == ("settled", 20_000, 0)
    assert stands(session, third) == ("part_paid", 30_000, 0)
    assert booked(session, till) == {chart.RECEIVED: PAID_VND + MORE_VND}
    with pytest.raises(NoCredit):
        credits.spend(session, till.seller_id, ids, third, BUYER)
    assert sound(session)


def test_credit_is_wanted_back_and_owed_like_a_surplus_again(session: Session, till: Till) -> None:
    first = on_top(session, till)
    ids = keep(session, till, first)
    assert credits.want_back(session, till.seller_id, ids, BUYER) == MORE_VND
    assert stands(session, first) == ("settled", PAID_VND, MORE_VND)
    assert begin(session, till, first, MORE_VND, Source.EXTRA).amount_vnd == MORE_VND
    assert credits.of_seller(session, till.seller_id) == ()
    assert sound(session)


@pytest.mark.parametrize("refund_first", [True, False])
def test_a_refund_and_a_choice_share_what_is_there_in_any_order(
    session: Session, till: Till, *, refund_first: bool
) -> None:
    first, second = on_top(session, till), other(session, till, 500_000)
    steps = [
        lambda: begin(session, till, first, 30_000, Source.EXTRA),
        lambda: moving.put_on(session, chosen(till, first, 20_000), second),
    ]
    for step in steps if refund_first else reversed(steps):
        step()
    assert moving.free_vnd(session, first) == 0
    with pytest.raises(NothingOnTop):
        moving.put_on(session, chosen(till, first, 1), second)
    with pytest.raises(RefundTooMuch):
        begin(session, till, first, 1, Source.EXTRA)
    assert owed.of_references(session, [first])[0].owed_vnd == 30_000
    assert booked(session, till) == {chart.RECEIVED: 150_000, chart.SURPLUS: 30_000}
    assert sound(session)


def test_the_wish_to_have_it_back_moves_nothing_and_is_read(session: Session, till: Till) -> None:
    first = on_top(session, till)
    moving.ask_back(session, chosen(till, first))
    assert moving.free_vnd(session, first) == MORE_VND
    (told,) = choices.of_references(session, [first])
    assert (told.kind, told.amount_vnd, told.to_code) == ("refund", MORE_VND, "")


def test_money_goes_only_where_it_is_asked_for_and_is_the_sellers(
    session: Session, till: Till
) -> None:
    first, done = on_top(session, till), paid(session, till)
    with pytest.raises(AsksNothing):
        moving.put_on(session, chosen(till, first), done)
    with pytest.raises(AsksNothing):
        moving.put_on(session, chosen(till, first), first)
    strange = other(session, make_till(session), 10_000)
    with pytest.raises(NotFound):
        moving.put_on(session, chosen(till, first), strange)
    with pytest.raises(NotFound):
        moving.keep(session, Chosen(make_till(session).seller_id, first, 1, BUYER), HOA)


def test_staff_do_not_take_back_what_a_buyer_chose(session: Session, till: Till) -> None:
    first = on_top(session, till)
    keep(session, till, first)
    line = session.scalars(select(BankLine.id)).one()
    with pytest.raises(BuyerChose):
        decisions.take_back(session, Word(till.seller_id, line, 1, "p:staff"))


def test_the_database_refuses_more_credit_than_was_kept(session: Session, till: Till) -> None:
    keep(session, till, on_top(session, till))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(StoreCredit).values(left_vnd=MORE_VND + 1))
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(update(StoreCredit).values(left_vnd=-1))


@pytest.mark.parametrize(
    ("table", "value", "said"),
    [
        (StoreCredit, {"left_vnd": 1}, "of credit left"),
        (SurplusChoice, {"amount_vnd": 1}, "were kept"),
        (MatchedPart, {"amount_vnd": 7}, "of credit left"),
    ],
)
def test_fsck_names_credit_that_does_not_add_up(
    session: Session, till: Till, table: type, value: dict[str, int], said: str
) -> None:
    keep(session, till, on_top(session, till))
    broken = update(table).values(**value)
    if table is MatchedPart:
        broken = broken.where(MatchedPart.account == "store_credit")
    session.execute(broken)
    found = [problem for verdict in fsck.run_all(session) for problem in verdict.problems]
    assert any(said in problem for problem in found)


def test_fsck_names_a_choice_between_two_sellers(session: Session, till: Till) -> None:
    first, second = on_top(session, till), other(session, till, 10_000)
    moving.put_on(session, chosen(till, first), second)
    strange = open_payment(session, make_till(session))
    stranger = select(Payment.id).where(Payment.code == strange).scalar_subquery()
    session.execute(update(SurplusChoice).values(to_payment_id=stranger))
    found = [problem for verdict in fsck.run_all(session) for problem in verdict.problems]
    assert any("between sellers" in problem for problem in found)
