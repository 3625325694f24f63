"""What waits at the desk is exactly what a person can place, to the đồng."""

import pytest
from sqlalchemy.orm import Session

from core import fsck
from payments import payments
from payments.desk import decisions, desk_rules, lines
from payments.desk.decisions import Word
from payments.desk.desk_errors import NothingOwed
from payments.desk.desk_rules import Share
from payments.desk.lines import LineFacts
from payments.errors import MoneyGoesBack
from payments.models import BankLine
from payments.refunds.rules import Source
from payments.states import Account
from tests.factories.payments import Till, make_till, open_payment, pay
from tests.factories.refunds import bank_sends, begin, paid

OVER_VND = 20_000


def listed(session: Session, till: Till) -> list[tuple[str, int]]:
    found = lines.waiting(session, till.seller_id)
    assert (found.number, found.sum_vnd) == (
        len(found.lines),
        sum(one.amount_vnd for one in found.lines),
    )
    return [(one.account, one.amount_vnd) for one in found.lines]


def only(session: Session, till: Till) -> LineFacts:
    """The newest line that came."""
    query = session.query(BankLine.id).filter_by(seller_id=till.seller_id, direction="in")
    line_id = query.order_by(BankLine.received_ms.desc(), BankLine.reference.desc()).first()
    assert line_id is not None
    return lines.facts(session, till.seller_id, line_id[0])


def place_rest(session: Session, till: Till, facts: LineFacts, rest: Share) -> None:
    word = Word(till.seller_id, facts.id, len(facts.history), "p:staff")
    decisions.place(session, word, desk_rules.with_rest(facts.amount_vnd, facts.kept, rest))


def sound(session: Session) -> bool:
    session.flush()
    return not [found for verdict in fsck.run_all(session) for found in verdict.problems]


@pytest.mark.parametrize("is_proved", [False, True])
def test_what_is_left_of_a_surplus_pays_another_order(session: Session, is_proved: bool) -> None:
    till = make_till(session)
    reference = paid(session, till, more_vnd=OVER_VND)
    refund = begin(session, till, reference, 5_000, Source.EXTRA)
    if is_proved:
        bank_sends(session, till, refund.code, 5_000)
    assert listed(session, till) == [("surplus", 15_000)]
    code = open_payment(session, till, 15_000)
    other = payments.facts_by_code(session, code).id
    place_rest(session, till, only(session, till), Share(0, other))
    assert payments.facts_by_code(session, code).state == "settled"
    if not is_proved:
        bank_sends(session, till, refund.code, 5_000)
    assert (listed(session, till), sound(session)) == ([], True)


def test_a_surplus_that_goes_back_whole_waits_for_nobody(session: Session) -> None:
    till = make_till(session)
    begin(session, till, paid(session, till, more_vnd=OVER_VND), OVER_VND, Source.EXTRA)
    assert (listed(session, till), only(session, till).waits) == ([], False)
    with pytest.raises(MoneyGoesBack):
        place_rest(session, till, only(session, till), Share(0, None, Account.NOT_OURS))


def test_of_two_transfers_on_top_the_first_is_left_where_the_last_goes_back(
    session: Session,
) -> None:
    till = make_till(session)
    reference = paid(session, till, more_vnd=OVER_VND)
    pay(session, till, reference.removeprefix("order:"), 30_000)
    begin(session, till, reference, 35_000, Source.EXTRA)
    assert listed(session, till) == [("surplus", 15_000)]


def test_what_a_person_placed_too_much_may_be_placed_once_more(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    bank_sends(session, till, "tien che", 150_000, "in")
    first = payments.facts_by_code(session, code)
    place_rest(session, till, only(session, till), Share(0, first.id))
    assert listed(session, till) == [("surplus", OVER_VND)]
    place_rest(session, till, only(session, till), Share(0, None, Account.NOT_OURS))
    assert (listed(session, till), sound(session)) == ([], True)


def test_a_payment_that_has_enough_gets_no_more_of_a_second_transfer(session: Session) -> None:
    till = make_till(session)
    reference = paid(session, till)
    pay(session, till, reference.removeprefix("order:"), 50_000)
    begin(session, till, reference, 20_000, Source.EXTRA)
    assert listed(session, till) == [("duplicate", 30_000)]
    mine = payments.facts(session, reference).id
    with pytest.raises(NothingOwed):
        place_rest(session, till, only(session, till), Share(0, mine))
    place_rest(session, till, only(session, till), Share(0, None, Account.NOT_OURS))
    assert (listed(session, till), sound(session)) == ([], True)
