"""People place what the bank told: onto a payment, over several, aside; and take it back."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import fsck
from core.errors import NotFound
from payments import payments
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_errors import LineDecided, LineNotWaiting, NothingOwed, SharesOff
from payments.desk.desk_rules import Share
from payments.desk.models import LineShare
from payments.errors import ReceiptStands
from payments.models import BankLine, MatchedPart
from payments.payments import PaymentFacts
from payments.states import Account
from tests.factories.payments import Till, Transfer, make_till, open_payment, sepay_body, tell

NOT_OURS = Account.NOT_OURS


def came(session: Session, till: Till, text: str, amount_vnd: int, direction: str = "in") -> str:
    """A line the bank told of; its id."""
    tell(session, till, sepay_body(till, Transfer(text, amount_vnd, direction=direction)))
    newest = select(BankLine.id).where(BankLine.account_id == till.account_id)
    placed = newest.where(BankLine.content == text, BankLine.amount_vnd == amount_vnd)
    return session.scalars(placed).one()


def word(till: Till, line: str, seen: int = 0, reason: str = "") -> Word:
    return Word(till.seller_id, line, seen, "p:staff", reason)


def stands(session: Session, line: str) -> list[tuple[str, int]]:
    query = select(MatchedPart.account, MatchedPart.amount_vnd).where(
        MatchedPart.bank_line_id == line
    )
    return sorted((str(account), vnd) for account, vnd in session.execute(query))


def of(session: Session, code: str) -> PaymentFacts:
    return payments.facts_by_code(session, code)


def share(session: Session, code: str, amount_vnd: int) -> Share:
    return Share(amount_vnd, of(session, code).id)


def sound(session: Session) -> bool:
    return not [found for verdict in fsck.run_all(session) for found in verdict.problems]


def test_a_line_without_a_code_pays_what_a_person_says(session: Session) -> None:
    till = make_till(session)
    code, line = open_payment(session, till), came(session, till, "tien che", 130_000)
    decisions.place(session, word(till, line), [share(session, code, 130_000)])
    assert (of(session, code).state, of(session, code).receipt_id is None) == ("settled", False)
    assert sound(session)


def test_one_transfer_is_split_over_two_orders(session: Session) -> None:
    till = make_till(session)
    first, second = open_payment(session, till, 60_000), open_payment(session, till, 70_000)
    line = came(session, till, f"{first} va {second}", 130_000)
    shares = [share(session, first, 60_000), share(session, second, 70_000)]
    decisions.place(session, word(till, line), shares)
    assert (of(session, first).state, of(session, second).state) == ("settled", "settled")
    assert stands(session, line) == [("payment", 60_000), ("payment", 70_000)]
    assert sound(session)


def test_what_was_too_much_for_one_order_pays_another(session: Session) -> None:
    till = make_till(session)
    first, second = open_payment(session, till, 60_000), open_payment(session, till, 70_000)
    line = came(session, till, f"{first} ca hai don", 130_000)
    assert of(session, first).surplus_vnd == 70_000
    shares = [share(session, first, 60_000), share(session, second, 70_000)]
    decisions.place(session, word(till, line), shares)
    assert (of(session, first).surplus_vnd, of(session, second).state) == (0, "settled")
    assert sound(session)


def test_money_that_paid_an_order_with_a_receipt_stays_there(session: Session) -> None:
    till = make_till(session)
    first, second = open_payment(session, till, 60_000), open_payment(session, till, 70_000)
    line = came(session, till, f"{first} ca hai don", 100_000)
    with pytest.raises(ReceiptStands):
        decisions.place(session, word(till, line), [share(session, second, 100_000)])


def test_money_is_set_aside_under_a_name_and_with_a_reason(session: Session) -> None:
    till = make_till(session)
    line = came(session, till, "tra no an com", 50_000)
    shares = [Share(30_000, None, NOT_OURS), Share(20_000, None, Account.REFUND_DUE)]
    decisions.place(session, word(till, line, reason="em trai trả nợ"), shares)
    assert stands(session, line) == [("not_ours", 30_000), ("refund_due", 20_000)]
    assert sound(session)


def test_a_part_that_was_placed_is_taken_back_and_waits_again(session: Session) -> None:
    till = make_till(session)
    code, line = open_payment(session, till), came(session, till, "tien che", 50_000)
    decisions.place(session, word(till, line), [share(session, code, 50_000)])
    assert of(session, code).state == "part_paid"
    decisions.take_back(session, word(till, line, 1, "nhầm đơn"))
    assert (of(session, code).state, stands(session, line)) == (
        "expected",
        [("unknown_code", 50_000)],
    )
    decisions.place(session, word(till, line, 2), [Share(50_000, None, NOT_OURS)])
    assert sound(session)


def test_what_gave_a_receipt_is_not_taken_back(session: Session) -> None:
    till = make_till(session)
    code, line = open_payment(session, till), came(session, till, "tien che", 130_000)
    decisions.place(session, word(till, line), [share(session, code, 130_000)])
    with pytest.raises(ReceiptStands):
        decisions.take_back(session, word(till, line, 1))


def test_the_same_notice_again_and_later_facts_undo_nothing(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    body = sepay_body(till, Transfer("tien che", 50_000))
    tell(session, till, body)
    line = session.scalars(select(BankLine.id).where(BankLine.account_id == till.account_id)).one()
    decisions.place(session, word(till, line), [share(session, code, 50_000)])
    tell(session, till, body)
    came(session, till, f"{code} them", 80_000)
    assert of(session, code).state == "settled"
    payments.mark_part_refund_due(session, f"order:{code}", 10_000)
    assert (of(session, code).paid_vnd, sound(session)) == (130_000, True)


def test_the_end_is_the_same_whatever_came_first(session: Session) -> None:
    till = make_till(session)
    ends = set()
    for first in ("person", "bank", "expiry"):
        code, line = open_payment(session, till), came(session, till, f"x {first}", 50_000)
        acts = {
            "person": lambda c=code, at=line: decisions.place(
                session, word(till, at), [share(session, c, 50_000)]
            ),
            "bank": lambda c=code: came(session, till, f"{c} tra", 80_000),
            "expiry": lambda c=code: payments.expire(session, f"order:{c}"),
        }
        for name in sorted(acts, key=lambda one, at=first: (one != at, one)):
            acts[name]()
        ends.add((of(session, code).state, of(session, code).paid_vnd, *stands(session, line)))
    assert ends == {("settled", 130_000, ("payment", 50_000))}
    assert sound(session)


def test_who_has_not_seen_the_last_decision_decides_nothing(session: Session) -> None:
    till = make_till(session)
    line = came(session, till, "tien che", 50_000)
    decisions.place(session, word(till, line), [Share(50_000, None, NOT_OURS)])
    with pytest.raises(LineDecided):
        decisions.place(session, word(till, line), [Share(50_000, None, NOT_OURS)])
    with pytest.raises(LineNotWaiting):
        decisions.place(session, word(till, line, 1), [Share(50_000, None, NOT_OURS)])


def test_what_stands_rightly_is_nobodys_to_move(session: Session) -> None:
    till = make_till(session)
    code = open_payment(session, till)
    line = came(session, till, f"{code} tra", 130_000)
    with pytest.raises(LineNotWaiting):
        decisions.place(session, word(till, line), [Share(130_000, None, NOT_OURS)])
    with pytest.raises(LineNotWaiting):
        decisions.take_back(session, word(till, line))


def test_a_filled_payment_and_a_wrong_sum_are_refused(session: Session) -> None:
    till = make_till(session)
    code, line = open_payment(session, till), came(session, till, "tien che", 130_000)
    came(session, till, f"{code} tra", 130_000)
    with pytest.raises(NothingOwed):
        decisions.place(session, word(till, line), [share(session, code, 130_000)])
    with pytest.raises(SharesOff):
        decisions.place(session, word(till, line), [Share(1_000, None, NOT_OURS)])


def test_nothing_goes_across_sellers(session: Session) -> None:
    till, other = make_till(session), make_till(session)
    theirs, line = open_payment(session, other), came(session, till, "tien che", 130_000)
    with pytest.raises(NotFound):
        decisions.place(session, word(till, line), [share(session, theirs, 130_000)])
    with pytest.raises(NotFound):
        decisions.place(session, word(other, line), [Share(130_000, None, NOT_OURS)])


def test_an_outgoing_line_is_explained_and_never_pays_an_order(session: Session) -> None:
    till = make_till(session)
    code, line = open_payment(session, till), came(session, till, "mua bao bi", 130_000, "out")
    with pytest.raises(NotFound):
        decisions.place(session, word(till, line), [share(session, code, 130_000)])
    decisions.place(session, word(till, line, reason="bao bì"), [Share(130_000, None, NOT_OURS)])
    assert stands(session, line) == [("not_ours", 130_000)]


def test_fsck_sees_money_that_does_not_stand_as_decided(session: Session) -> None:
    till = make_till(session)
    line = came(session, till, "tien che", 50_000)
    decisions.place(session, word(till, line), [Share(50_000, None, NOT_OURS)])
    session.execute(
        update(MatchedPart).where(MatchedPart.bank_line_id == line).values(account="unknown_code")
    )
    assert not sound(session)


def test_fsck_sees_a_decision_that_is_not_whole(session: Session) -> None:
    till = make_till(session)
    line = came(session, till, "tien che", 50_000)
    decisions.place(session, word(till, line), [Share(50_000, None, NOT_OURS)])
    session.execute(update(LineShare).values(amount_vnd=49_000))
    assert not sound(session)
