"""The money front page: today's money, what waits and since when, who is heard, cards, who may look."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import NotFound
from payments.desk import cards, front, rights
from payments.desk.cards import Card
from payments.desk.front import Today
from tests.factories.identity import make_login, make_seller
from tests.factories.payments import Transfer, make_till, open_payment, pay, sepay_body, tell

MINUTE_MS = 60_000


def test_todays_money_is_what_the_bank_tells_since_midnight(session: Session) -> None:
    till = make_till(session)
    pay(session, till, open_payment(session, till), 130_000)
    tell(session, till, sepay_body(till, Transfer("hom qua", 5_000, at="2026-11-24 23:59:59")))
    tell(session, till, sepay_body(till, Transfer("tien ra", 7_000, direction="out")))
    assert front.today(session, till.seller_id) == Today(130_000, 1, 0)
    assert front.today(session, make_till(session).seller_id).came_vnd == 0


def test_each_reason_to_wait_is_told_once_with_its_sum_and_its_oldest(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    first, second = open_payment(session, till), open_payment(session, till)
    began_ms = time_at.at_ms
    for text, direction in (("chuyen tien", "in"), (f"{first} {second}", "in"), ("x", "out")):
        tell(session, till, sepay_body(till, Transfer(text, 40_000, direction=direction)))
        time_at.advance(MINUTE_MS)
    tell(session, till, sepay_body(till, Transfer("chuyen tien", 2_000)))
    pay(session, till, first, 131_000)
    found = [
        (one.kind, one.parts, one.amount_vnd) for one in front.waiting(session, till.seller_id)
    ]
    assert found == [
        ("unknown_code", 2, 42_000),
        ("several_codes", 1, 40_000),
        ("surplus", 1, 1_000),
        ("outgoing", 1, 40_000),
    ]
    assert front.waiting(session, till.seller_id)[0].oldest_ms == began_ms


def test_an_account_says_who_watches_it_and_when_they_were_heard(
    session: Session, time_at: FixedClock
) -> None:
    till = make_till(session)
    (silent,) = front.watched(session, till.seller_id)
    assert silent.receives
    assert [one.last_ms for one in silent.feeds] == [None]
    pay(session, till, open_payment(session, till), 130_000)
    (heard,) = front.watched(session, till.seller_id)
    assert [one.last_ms for one in heard.feeds] == [time_at.at_ms]
    assert front.watched(session, make_seller(session)) == ()


def test_cards_stand_in_their_places_and_one_not_for_its_reader_is_left_out(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "_draws", {})
    card = Card("ledger", "list", "Sổ", "")
    cards.add(20, "late", lambda *_: Card("late", "list", "Sau", ""))
    cards.add(10, "early", lambda *_: card)
    cards.add(15, "hidden", lambda *_: None)
    seller = make_seller(session)
    _, login = make_login(session, roles={seller: "owner"})
    assert [one.path for one in cards.drawn(session, login, seller)] == ["ledger", "late"]


@pytest.mark.parametrize(
    ("role", "may"), [("owner", True), ("accountant", True), ("packer", False), ("host", False)]
)
def test_money_is_seen_by_those_who_keep_the_book(session: Session, role: str, may: bool) -> None:
    seller = make_seller(session)
    _, login = make_login(session, roles={seller: role})
    if may:
        assert rights.seer(login, seller) is login
        return
    with pytest.raises(NotFound):
        rights.seer(login, seller)
