"""What a claim costs, by when it was received, and how long it is held."""

from sqlalchemy.orm import Session

from core.clock import FixedClock
from livestream.desk import desk
from livestream.desk.desk import ClaimRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins import flash, pins
from livestream.pins.pin_views import FlashSale
from tests.factories.livestream import claim_row, make_buyer, make_claim, make_show


def test_a_claim_pays_the_price_of_when_it_was_received(
    session: Session, time_at: FixedClock
) -> None:
    show, buyer = make_show(session, 5), make_buyer(session)
    before_ms = time_at.at_ms
    time_at.advance(5)
    pins.change_price(session, show.id, "A1", 50_000)
    early = desk.claim(session, ClaimRequest(show.id, "A1", 1, buyer, before_ms))
    late = desk.claim(session, ClaimRequest(show.id, "A1", 1, buyer, time_at.at_ms))
    assert (early.unit_price_vnd, late.unit_price_vnd) == (60_000, 50_000)


def test_a_flash_price_counts_from_its_start_to_before_its_end(
    session: Session, time_at: FixedClock
) -> None:
    show, buyer, now = make_show(session, 10), make_buyer(session), time_at.at_ms
    flash.start(session, show.id, "A1", FlashSale(40_000, now + 1000, now + 31_000))
    prices = [
        desk.claim(session, ClaimRequest(show.id, "A1", 1, buyer, now + ms)).unit_price_vnd
        for ms in (999, 1000, 30_999, 31_000)
    ]
    assert prices == [60_000, 40_000, 40_000, 60_000]


def test_a_hold_by_the_minute_ends_and_frees_its_packs(
    session: Session, time_at: FixedClock
) -> None:
    show = make_show(session, 1, hold_rule="minutes")
    first = make_claim(session, show)
    assert first.expires_ms == time_at.at_ms + 15 * MINUTE_MS
    time_at.advance(15 * MINUTE_MS)
    assert make_claim(session, show).status == "held"
    assert claim_row(session, first.claim_id).state == "expired"


def test_a_show_that_runs_late_keeps_its_holds(session: Session, time_at: FixedClock) -> None:
    show = make_show(session, 5, minutes=60)
    first = make_claim(session, show)
    time_at.advance(80 * MINUTE_MS)
    make_claim(session, show)
    assert (claim_row(session, first.claim_id).expires_ms or 0) >= time_at.at_ms + 30 * MINUTE_MS


def test_time_revives_no_hold_that_ran_out(session: Session, time_at: FixedClock) -> None:
    show = make_show(session, 5, minutes=60)
    first = make_claim(session, show)
    time_at.advance(91 * MINUTE_MS)
    make_claim(session, show)
    assert claim_row(session, first.claim_id).state == "expired"
