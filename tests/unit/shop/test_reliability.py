"""Who did not come: what counts, what is asked then, who hears of it, and how it ends."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from catalog import stock
from core import fsck
from core.clock import FixedClock
from core.identity.logins import Login
from payments import payments
from shop import orders
from shop.ordering import changes, fulfilment, history, securing
from shop.ordering.changes import Delivered
from shop.orders import Cancellation
from shop.reliability import appeals, deposit_settings, noting, standing
from shop.reliability.appeals import Decision
from shop.reliability.deposit_settings import BadShare
from shop.reliability.errors import DoorRefusedBefore, NobodyAsks, NothingToAppeal
from shop.reliability.noting import LeftClaim
from shop.reliability.reliability_rules import (
    DAY_MS,
    NONE,
    PERCENT,
    Share,
)
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PRICE_VND, Stand, make_order, make_stand, order, pack

MINUTE_MS = 60_000
DEPOSIT_VND = 20_000
"""30 % of one pack at 65.000 đ, in whole thousands."""


@pytest.fixture
def stand(session: Session) -> Stand:
    return make_stand(session, packs=50)


@pytest.fixture
def buyer(session: Session) -> Login:
    return make_login(session)[1]


def vanish(
    session: Session, stand: Stand, login: Login, time_at: FixedClock, times: int = 2
) -> str:
    """Order so often and let the time run out; the last order's code."""
    code = ""
    for _ in range(times):
        code = make_order(session, stand, login=login)
        time_at.advance(16 * MINUTE_MS)
        orders.expire_due(session)
    return code


def refuse(session: Session, stand: Stand, login: Login) -> None:
    """Have a parcel to be paid at the door come back."""
    code = make_order(session, stand, login=login)
    securing.secure_by(session, code, securing.COD, "p:staff")
    pack(session, code)
    fulfilment.hand_over(session, code, "p:staff")
    fulfilment.refuse(session, code, "p:staff", "không nghe máy")


def asked(session: Session, stand: Stand, login: Login) -> int:
    """The deposit of one pack ordered now."""
    return order(session, make_order(session, stand, login=login)).deposit_vnd


def decision(stand: Stand, login: Login, *, by_officer: bool = False) -> Decision:
    return Decision(stand.seller_id, str(login.person_id), "p:staff", "mất mạng", by_officer)


def wrong(session: Session) -> Iterator[str]:
    session.flush()
    return (verdict.name for verdict in fsck.run_all(session) if verdict.problems)


def test_two_orders_left_unpaid_ask_for_a_deposit_of_the_third(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at, times=1)
    assert asked(session, stand, buyer) == 0
    vanish(session, stand, buyer, time_at, times=1)
    assert asked(session, stand, buyer) == DEPOSIT_VND
    assert not list(wrong(session))


def test_another_seller_knows_nothing(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    other = make_stand(session)
    assert asked(session, other, buyer) == 0
    assert standing.of_seller(session, other.seller_id) == ()
    assert standing.told_to(session, other.seller_id, buyer) is None


def test_the_deposit_keeps_the_goods_and_the_rest_fills_the_order(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    code = make_order(session, stand, login=buyer)
    pay(session, stand.till, code, DEPOSIT_VND)
    securing.deposit_came(session, code)
    assert (order(session, code).state, order(session, code).secured_by) == ("secured", "deposit")
    pay(session, stand.till, code, PRICE_VND - DEPOSIT_VND)
    assert payments.facts(session, orders.reference_of(code)).state == "settled"
    assert not list(wrong(session))


def test_an_order_that_ends_twice_is_noted_once(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    code = vanish(session, stand, buyer, time_at, times=1)
    orders.lapse(session, code)
    noting.unpaid(session, history.locked(session, code))
    found = standing.told_to(session, stand.seller_id, buyer)
    assert found is not None
    assert [fact.order_code for fact in found.facts] == [code]


def test_money_that_came_late_takes_it_back(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    code = vanish(session, stand, buyer, time_at)
    pay(session, stand.till, code, PRICE_VND)
    orders.secure(session, code)
    assert asked(session, stand, buyer) == 0
    assert not list(wrong(session))


def test_what_the_seller_or_the_buyer_calls_off_never_counts(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    for _ in range(2):
        code = make_order(session, stand, login=buyer)
        changes.call_off(session, code, "p:staff", "đếm nhầm")
        code = make_order(session, stand, login=buyer)
        orders.cancel(session, code, Cancellation(buyer.actor, "", by_buyer=True))
    assert standing.told_to(session, stand.seller_id, buyer) is None


def test_an_order_the_seller_made_smaller_never_counts(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    for _ in range(2):
        code = make_order(session, stand, stand.line(2), login=buyer)
        line = order(session, code).lines[0].id
        changes.shorten(session, code, Delivered(line, 1, "p:staff", "đếm lại thiếu"))
        time_at.advance(16 * MINUTE_MS)
        orders.expire_due(session)
    assert standing.told_to(session, stand.seller_id, buyer) is None


def test_who_did_not_take_a_parcel_pays_at_no_door_of_this_seller(
    session: Session, stand: Stand, buyer: Login
) -> None:
    refuse(session, stand, buyer)
    code = make_order(session, stand, login=buyer)
    assert order(session, code).deposit_vnd == DEPOSIT_VND
    deposit_settings.ask_from_now(session, stand.seller_id, Share(NONE, 0), "p:staff")
    free = make_order(session, stand, login=buyer)
    with pytest.raises(DoorRefusedBefore):
        securing.secure_by(session, free, securing.COD, "p:staff")
    assert not list(wrong(session))


def test_claims_left_in_one_show_count_once_and_two_shows_ask(
    session: Session, stand: Stand, buyer: Login
) -> None:
    assert buyer.person_id is not None
    for show in ("s1", "s1", "s2"):
        left = LeftClaim(stand.seller_id, buyer.person_id, buyer.device_id, show)
        noting.claim_left(session, left)
    found = standing.told_to(session, stand.seller_id, buyer)
    assert found is not None
    assert (len(found.facts), found.terms.deposit) == (2, True)


def test_a_device_that_only_typed_the_number_is_told_nothing(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    stranger = make_login(session, buyer.person_id, verified=False)[1]
    assert standing.told_to(session, stand.seller_id, stranger) is None
    with pytest.raises(NothingToAppeal):
        appeals.appeal(session, stand.seller_id, stranger, "không phải tôi")


def test_a_granted_appeal_ends_it_for_waiting_orders_too(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    waiting = make_order(session, stand, login=buyer)
    appeals.appeal(session, stand.seller_id, buyer, "mất mạng")
    appeals.forgive(session, decision(stand, buyer))
    assert order(session, waiting).deposit_vnd == 0
    assert asked(session, stand, buyer) == 0
    with pytest.raises(NobodyAsks):
        appeals.forgive(session, decision(stand, buyer))
    assert not list(wrong(session))


def test_a_refused_appeal_can_be_granted_by_an_officer(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    with pytest.raises(NobodyAsks):
        appeals.forgive(session, decision(stand, buyer, by_officer=True))
    appeals.appeal(session, stand.seller_id, buyer, "mất mạng")
    appeals.keep(session, decision(stand, buyer))
    (seen,) = standing.before_officers(session)
    assert (seen.phone, seen.appeal and seen.appeal.answer) == ("", "kept")
    appeals.forgive(session, decision(stand, buyer, by_officer=True))
    assert standing.before_officers(session) == ()


def test_after_180_days_the_rows_are_gone(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    appeals.appeal(session, stand.seller_id, buyer, "mất mạng")
    time_at.advance(180 * DAY_MS)
    assert asked(session, stand, buyer) == 0
    noting.forget_due(session)
    for table in ("reliability_facts", "deposit_appeals"):
        assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


@pytest.mark.parametrize("share", [Share(PERCENT, 0), Share(PERCENT, 101), Share("half", 1)])
def test_what_is_no_share_is_refused(session: Session, stand: Stand, share: Share) -> None:
    with pytest.raises(BadShare):
        deposit_settings.ask_from_now(session, stand.seller_id, share, "p:staff")


@pytest.mark.parametrize(
    ("broken", "check"),
    [
        ("UPDATE orders SET state = 'cancelled'", "reliability.facts_are_the_orders"),
        (
            "UPDATE reliability_facts SET forgiven_ms = NULL",
            "reliability.forgiven_is_forgiven",
        ),
    ],
)
def test_fsck_finds_what_is_not_true(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock, broken: str, check: str
) -> None:
    vanish(session, stand, buyer, time_at)
    time_at.advance(MINUTE_MS)
    appeals.appeal(session, stand.seller_id, buyer, "mất mạng")
    appeals.forgive(session, decision(stand, buyer))
    session.flush()
    session.execute(text(broken))
    assert check in list(wrong(session))


def test_goods_of_a_vanished_buyer_are_back_for_others(
    session: Session, stand: Stand, buyer: Login, time_at: FixedClock
) -> None:
    vanish(session, stand, buyer, time_at)
    assert stand.level(session) == stock.Level(10_000, 0, 0, 10_000, 0)
