"""Flash windows: how many packs they are for, one after the other and all at once, and how they end."""

import pytest
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import DomainError, OutOfStock
from core.identity.logins import Login
from livestream import log
from livestream.desk import desk
from livestream.desk.desk import ChangeRequest, Claimed, ClaimRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.errors import LimitReached
from livestream.pins import flash, pins
from livestream.pins.flash import GRACE_MS
from livestream.pins.pin_errors import FlashNotLower, FlashSoldOut, FlashTooShort
from livestream.pins.pin_views import FlashSale
from livestream.room import view
from livestream.room.snapshot import Flash
from tests.factories.livestream import Show, make_buyer, make_claim, make_show
from tests.unit.livestream.test_desk_batches import MOST_STATEMENTS, counted

FLASH, ORDINARY = 40_000, 60_000


def make_flash(session: Session, packs: int | None, limit: int | None = None) -> Show:
    """A show whose A1 has ten packs, from now on cheap for a minute, for so many packs and buyers' shares."""
    show = make_show(session, 10)
    now = view.facts(session, show.id).created_ms
    flash.start(session, show.id, "A1", FlashSale(FLASH, now, now + MINUTE_MS, packs, limit))
    return show


def at_once(session: Session, show: Show, at_ms: int, *asked: tuple[int, Login]) -> list[object]:
    """What claims of A1 come to that wait together: their prices, or why not."""
    turn = log.begin(session, show.id)
    requests = [ClaimRequest(show.id, "A1", qty, login, at_ms) for qty, login in asked]
    outcomes = desk.claim_all(session, turn, requests)
    return [one.unit_price_vnd if isinstance(one, Claimed) else one.code for one in outcomes]


def flash_of(session: Session, show: Show) -> Flash | None:
    return view.snapshot(session, show.id)["pins"][0]["flash"]


def test_a_batch_gets_no_more_flash_packs_than_there_are(
    session: Session, time_at: FixedClock
) -> None:
    show = make_flash(session, packs=3)
    asked = [(1, make_buyer(session)) for _ in range(5)]
    got = at_once(session, show, time_at.at_ms, *asked)
    assert got == [FLASH, FLASH, FLASH, "out_of_stock", "out_of_stock"]


def test_the_last_flash_pack_ends_the_window_and_the_ordinary_price_comes_back(
    session: Session, time_at: FixedClock
) -> None:
    show = make_flash(session, packs=1)
    make_claim(session, show)
    assert flash_of(session, show) is None
    with pytest.raises(FlashSoldOut), session.begin_nested():
        make_claim(session, show)  # who still saw the flash price is not charged the other one
    time_at.advance(GRACE_MS)
    assert make_claim(session, show).unit_price_vnd == ORDINARY


def test_a_claim_for_more_than_the_flash_has_is_told_what_it_has(session: Session) -> None:
    show = make_flash(session, packs=3)
    with pytest.raises(OutOfStock) as refused, session.begin_nested():
        make_claim(session, show, 4)
    assert refused.value.data["left"] == 3
    assert make_claim(session, show, 3).unit_price_vnd == FLASH


def test_a_flash_pack_given_up_is_somebody_elses(session: Session) -> None:
    show, buyer = make_flash(session, packs=3), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    desk.change(session, ChangeRequest(show.id, claimed.claim_id, 0, buyer))
    assert make_claim(session, show, 3).unit_price_vnd == FLASH


def test_what_was_claimed_before_the_window_is_no_flash_pack(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session, 10)
    make_claim(session, show, 5)
    now = time_at.at_ms
    flash.start(session, show.id, "A1", FlashSale(FLASH, now, now + MINUTE_MS, packs=2))
    assert make_claim(session, show, 2).unit_price_vnd == FLASH


def test_a_buyer_has_one_share_across_devices_and_claims_that_wait_together(
    session: Session, time_at: FixedClock
) -> None:
    show, buyer, other = make_flash(session, None, 2), make_buyer(session), make_buyer(session)
    got = at_once(session, show, time_at.at_ms, (1, buyer), (1, buyer), (1, buyer), (2, other))
    assert got == [FLASH, FLASH, "limit_reached", FLASH]
    with pytest.raises(LimitReached) as refused, session.begin_nested():
        make_claim(session, show, login=buyer)
    assert refused.value.data["allowed"] == 0
    time_at.advance(MINUTE_MS)
    assert make_claim(session, show, login=buyer).unit_price_vnd == ORDINARY


def test_a_refused_claim_uses_no_flash_pack_of_its_batch(
    session: Session, time_at: FixedClock
) -> None:
    show, greedy = make_flash(session, packs=6), make_buyer(session)
    at_once(session, show, time_at.at_ms, (4, greedy))
    got = at_once(session, show, time_at.at_ms, (2, greedy), (2, make_buyer(session)))
    assert got == ["limit_reached", FLASH]


def test_caps_cost_one_statement_however_many_claim(session: Session, time_at: FixedClock) -> None:
    show = make_flash(session, packs=200, limit=2)
    asked = [(1, make_buyer(session)) for _ in range(8)]
    with counted(session) as sent:
        at_once(session, show, time_at.at_ms, *asked)
    assert len(sent) <= MOST_STATEMENTS + 1, "\n".join(sent)


def test_a_window_ended_early_keeps_its_price_for_who_was_in_time(
    session: Session, time_at: FixedClock
) -> None:
    show = make_flash(session, None)
    time_at.advance(1000)
    flash.end(session, show.id, "A1")
    first, second = make_buyer(session), make_buyer(session)
    assert at_once(session, show, time_at.at_ms - 1, (1, first)) == [FLASH]
    assert at_once(session, show, time_at.at_ms, (1, second)) == [ORDINARY]
    assert flash_of(session, show) is None


def test_a_window_announced_ahead_is_shown_and_sells_from_its_start(
    session: Session, time_at: FixedClock
) -> None:
    show, now = make_show(session, 10), time_at.at_ms
    later = FlashSale(FLASH, now + 20_000, now + 50_000, packs=5, limit_packs=2)
    flash.start(session, show.id, "A1", later)
    shown = flash_of(session, show)
    assert shown is not None
    assert (shown["packs"], shown["limit"]) == (5, 2)
    assert make_claim(session, show).unit_price_vnd == ORDINARY
    time_at.advance(20_000)
    assert make_claim(session, show).unit_price_vnd == FLASH


@pytest.mark.parametrize(
    ("price_vnd", "length_ms", "why"),
    [(FLASH, 29_999, FlashTooShort), (ORDINARY, 30_000, FlashNotLower)],
)
def test_a_window_is_thirty_seconds_at_least_and_cheaper(
    session: Session, time_at: FixedClock, price_vnd: int, length_ms: int, why: type[DomainError]
) -> None:
    show, now = make_show(session, 10), time_at.at_ms
    with pytest.raises(why):
        flash.start(session, show.id, "A1", FlashSale(price_vnd, now, now + length_ms))


def test_a_price_below_the_flash_price_ends_the_window(
    session: Session, time_at: FixedClock
) -> None:
    show = make_flash(session, None)
    pins.change_price(session, show.id, "A1", FLASH + 1)
    assert flash_of(session, show) is not None
    pins.change_price(session, show.id, "A1", 30_000)
    assert flash_of(session, show) is None
    assert make_claim(session, show).unit_price_vnd == 30_000
