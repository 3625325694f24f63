"""What a kind costs at the market: what sold here, and what officers saw."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalog import demo_market, market_prices
from catalog.market_prices import BadSeenDay, KindPrices, NewEntry, SoldLine
from catalog.market_rules import week_of
from core import clock
from core.clock import FixedClock
from core.errors import BadRequest, NotFound
from core.money import BadAmount
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_seller

OFFICER = "p:officer"


def sell(session: Session, line: str, price_vnd: int, seller_id: str = "") -> None:
    """One secured line: a pack of 200 g of tea at `price_vnd` a kilo."""
    product_id = make_product(session, seller_id, kind="che_moc_cau")
    listing_id = make_listing(session, product_id=product_id)
    market_prices.note_sales(session, [SoldLine(line, listing_id, price_vnd // 5, 200)])


def this_week(session: Session) -> tuple[KindPrices, ...]:
    return market_prices.board(session, week_of(clock.today()))


def entry(**changes: object) -> NewEntry:
    values: dict[str, object] = {
        "kind": "che_tuoi",
        "commune_code": "",
        "price_vnd": 32_000,
        "seen_on": clock.today(),
        "source": "Chợ Tân Cương, 6 giờ sáng",
    }
    return NewEntry(**{**values, **changes})  # type: ignore[arg-type]


def test_three_lines_of_two_sellers_make_a_price_per_kilo(session: Session) -> None:
    for place, price_vnd in enumerate((300_000, 310_000, 400_000)):
        sell(session, f"line{place}", price_vnd)
    (board,) = this_week(session)
    assert board.sold is not None
    assert (board.kind.code, board.per, board.sold.median_vnd) == ("che_moc_cau", "kg", 310_000)
    assert [(place.commune, place.sold) for place in board.places] == [("Tân Cương", board.sold)]


def test_one_sellers_lines_are_no_market(session: Session) -> None:
    seller_id = make_seller(session)
    for place in range(5):
        sell(session, f"line{place}", 300_000, seller_id)
    assert this_week(session)[0].sold is None


def test_a_line_counts_once_however_often_it_is_told(session: Session) -> None:
    for price_vnd in (300_000, 300_000, 400_000):
        sell(session, "line", price_vnd)
    sell(session, "other", 300_000)
    assert this_week(session)[0].sold is None


def test_last_weeks_lines_are_last_weeks(session: Session, time_at: FixedClock) -> None:
    for place in range(3):
        sell(session, f"line{place}", 300_000)
    then = week_of(clock.today())
    time_at.advance(7 * 24 * 3_600_000)
    assert this_week(session) == ()
    assert market_prices.board(session, then)[0].sold is not None
    beside = market_prices.nearby(session, "che_moc_cau")
    assert beside is not None
    assert beside.week == then


def test_what_has_no_kind_or_costs_nothing_is_not_counted(session: Session) -> None:
    listing_id = make_listing(session)
    eggs = make_product(session, base_unit="piece", kind="che_moc_cau")
    other = make_listing(session, product_id=eggs)
    market_prices.note_sales(session, [SoldLine("c", other, 65_000, 10)])
    lines = [SoldLine("a", listing_id, 65_000, 200), SoldLine("b", "nothing", 1000, 200)]
    market_prices.note_sales(session, lines)
    sell(session, "free", 0)
    assert this_week(session) == ()


def test_an_officers_entry_stands_with_its_source(session: Session) -> None:
    market_prices.add_entry(session, entry(), OFFICER)
    (board,) = this_week(session)
    assert board.sold is None
    assert [(one.price_vnd, one.source) for one in board.entries] == [
        (32_000, "Chợ Tân Cương, 6 giờ sáng")
    ]
    beside = market_prices.nearby(session, "che_tuoi")
    assert beside is not None
    assert beside.entry == board.entries[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "tea"), ("kind", "khac"), ("commune_code", "99999"), ("source", " ")],
)
def test_an_entry_of_nothing_is_refused(session: Session, field: str, value: str) -> None:
    with pytest.raises(BadRequest):
        market_prices.add_entry(session, entry(**{field: value}), OFFICER)


@pytest.mark.parametrize("days", [1, -400])
def test_a_price_seen_tomorrow_or_long_ago_is_refused(session: Session, days: int) -> None:
    with pytest.raises(BadSeenDay):
        market_prices.add_entry(session, entry(seen_on=clock.today() + timedelta(days)), OFFICER)


def test_a_price_of_nothing_is_refused(session: Session) -> None:
    with pytest.raises(BadAmount):
        market_prices.add_entry(session, entry(price_vnd=0), OFFICER)


def test_an_officer_takes_back_what_is_theirs_alone(session: Session) -> None:
    entry_id = market_prices.add_entry(session, entry(), OFFICER)
    with pytest.raises(NotFound):
        market_prices.remove_entry(session, entry_id, "p:another")
    assert len(market_prices.entries_of(session, OFFICER)) == 1
    market_prices.remove_entry(session, entry_id, OFFICER)
    assert market_prices.entries_of(session, OFFICER) == ()


def test_the_demos_board_is_not_empty_and_says_that_it_is_a_demo(session: Session) -> None:
    for _ in range(2):
        demo_market.load(session)
    beside = market_prices.nearby(session, "che_tuoi")
    assert beside is not None
    assert beside.entry is not None
    assert "DEMO" in beside.entry.source
    assert len({board.kind.code for board in this_week(session)}) == len(this_week(session)) > 5
