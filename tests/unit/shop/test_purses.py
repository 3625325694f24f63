"""The cash one person carries: what must be in it, what was counted, and that nothing is forgotten."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from core import fsck
from core.clock import FixedClock
from core.errors import NotFound
from core.money import BadAmount
from payments import payments
from shop import orders
from shop.cash import purses
from shop.cash.errors import CashDiffers, PurseClosed, PurseOpen, PurseTooSmall
from shop.cash.models import Purse
from shop.cash.purses import IN, OUT, Keeper, Move
from shop.ordering.order_facts import reference_of
from shop.shipments import shipments, steps
from shop.shipments.handing import HandOver
from shop.shipments.steps import ParcelStep
from tests.factories.identity import make_seller
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, pack, paid_order

WHO = Keeper("p:driver", "Anh Tài")
SECOND_MS = 1_000


def cod_parcel(session: Session, stand: Stand, packs: int = 1) -> tuple[str, str]:
    """An order paid on delivery, packed: its code and its label."""
    code = make_order(session, stand, stand.line(packs))
    orders.secure_by(session, code, "cod", WHO.actor)
    pack(session, code)
    return code, shipments.for_order(session, code).label_code


def give(session: Session, stand: Stand, label: str, took_vnd: int) -> None:
    how = HandOver(WHO.actor)
    steps.take(session, stand.seller_id, ParcelStep(label, "buyer", how, took_vnd=took_vnd))


def test_cash_taken_at_the_door_settles_the_order_and_lies_in_the_purse(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    purse = purses.open_purse(session, stand.seller_id, WHO, 200_000)
    code, label = cod_parcel(session, stand, packs=2)
    give(session, stand, label, 2 * PRICE_VND)
    assert order(session, code).state == "delivered"
    assert payments.facts(session, reference_of(code)).state == "settled"
    held = purses.facts(session, stand.seller_id, purse)
    assert (held.taken_vnd, held.expected_vnd) == (2 * PRICE_VND, 200_000 + 2 * PRICE_VND)
    assert [one.code for one in held.taken] == [code]


def test_another_sum_than_is_owed_is_refused_whole(session: Session) -> None:
    stand = make_stand(session)
    code, label = cod_parcel(session, stand)
    for took_vnd in (1, PRICE_VND - 1, PRICE_VND + 1):
        with pytest.raises(CashDiffers), session.begin_nested():
            give(session, stand, label, took_vnd)
    assert order(session, code).state == "packed"


def test_what_is_paid_already_is_not_collected_again(session: Session) -> None:
    stand = make_stand(session)
    code = pack(session, paid_order(session, stand))
    label = shipments.for_order(session, code).label_code
    with pytest.raises(CashDiffers), session.begin_nested():
        give(session, stand, label, PRICE_VND)
    give(session, stand, label, 0)
    assert order(session, code).state == "delivered"


def test_a_count_keeps_the_difference(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    purse = purses.open_purse(session, stand.seller_id, WHO, 100_000)
    give(session, stand, cod_parcel(session, stand)[1], PRICE_VND)
    time_at.advance(SECOND_MS)
    closed = purses.close(session, stand.seller_id, purse, 160_000, "trả nhầm tiền thừa")
    assert (closed.expected_vnd, closed.counted_vnd, closed.off_vnd) == (165_000, 160_000, -5_000)
    with pytest.raises(PurseClosed):
        purses.close(session, stand.seller_id, purse, 165_000, "")
    assert problems(session) == []


def test_cash_taken_without_an_open_purse_lies_in_the_next(
    session: Session, time_at: FixedClock
) -> None:
    stand = make_stand(session)
    purse = purses.open_purse(session, stand.seller_id, WHO, 0)
    time_at.advance(SECOND_MS)
    purses.close(session, stand.seller_id, purse, 0, "")
    give(session, stand, cod_parcel(session, stand)[1], PRICE_VND)
    assert purses.in_pocket_vnd(session, stand.seller_id, WHO.actor) == PRICE_VND
    time_at.advance(SECOND_MS)
    later = purses.open_purse(session, stand.seller_id, WHO, 0)
    assert purses.facts(session, stand.seller_id, later).expected_vnd == PRICE_VND


def test_cash_goes_in_and_out_by_hand_but_not_below_nothing(session: Session) -> None:
    stand = make_stand(session)
    purse = purses.open_purse(session, stand.seller_id, WHO, 50_000)
    purses.move(session, stand.seller_id, purse, Move(IN, 20_000, "tiền lẻ"))
    purses.move(session, stand.seller_id, purse, Move(OUT, 60_000, "nộp ngân hàng"))
    assert purses.facts(session, stand.seller_id, purse).expected_vnd == 10_000
    with pytest.raises(PurseTooSmall):
        purses.move(session, stand.seller_id, purse, Move(OUT, 10_001, ""))
    with pytest.raises(BadAmount):
        purses.move(session, stand.seller_id, purse, Move(IN, 0, ""))


def test_a_person_has_one_open_purse_at_a_seller(session: Session) -> None:
    stand = make_stand(session)
    purses.open_purse(session, stand.seller_id, WHO, 0)
    with pytest.raises(PurseOpen):
        purses.open_purse(session, stand.seller_id, WHO, 0)
    purses.open_purse(session, stand.seller_id, Keeper("p:other", "Chị Hai"), 0)
    purses.open_purse(session, make_seller(session), WHO, 0)


def test_p11_another_sellers_purse_is_unknown(session: Session) -> None:
    stand, stranger = make_stand(session), make_seller(session)
    purse = purses.open_purse(session, stand.seller_id, WHO, 0)
    with pytest.raises(NotFound):
        purses.close(session, stranger, purse, 0, "")
    assert purses.of_seller(session, stranger) == ()


def test_fsck_finds_a_count_against_another_sum(session: Session, time_at: FixedClock) -> None:
    stand = make_stand(session)
    purse = purses.open_purse(session, stand.seller_id, WHO, 100_000)
    time_at.advance(SECOND_MS)
    purses.close(session, stand.seller_id, purse, 100_000, "")
    session.execute(update(Purse).where(Purse.id == purse).values(float_vnd=90_000))
    assert [problem for problem in problems(session) if "cash.counted" in problem]


def problems(session: Session) -> list[str]:
    session.flush()
    return [
        f"{verdict.name}: {problem}"
        for verdict in fsck.run_all(session)
        for problem in verdict.problems
    ]
