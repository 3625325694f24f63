"""A harvest enters the book: slips without a gap, days that fit, intervals kept."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from catalog.errors import TooLargeQuantity
from catalog.lots import facts, states
from catalog.lots.errors import BadLotDay, HarvestInFuture, NotClearYet
from core.clock import FixedClock
from core.errors import DomainError, NotFound
from core.quantity import BadQuantity
from tests.factories.catalog import make_product, stock_id_of
from tests.factories.identity import make_seller
from tests.factories.lots import ACTOR, days_ago, make_lot, make_member, make_plot

DAY_MS = 86_400_000


@pytest.fixture
def seller(session: Session) -> str:
    return make_seller(session)


@pytest.fixture
def leaf(session: Session, seller: str) -> str:
    return make_product(session, seller, name="Chè búp tươi")


def test_a_harvest_is_for_sale_at_once(session: Session, seller: str, leaf: str) -> None:
    lot = facts.get(session, seller, make_lot(session, seller, leaf, 2500, grade="Loại 1"))
    assert (lot.state, lot.quantity, lot.grade, lot.code) == (
        "available",
        2500,
        "Loại 1",
        "L-261125-01",
    )
    assert [at.point_kind for at in lot.lies] == ["store"]
    assert stock.levels(session, [leaf])[leaf].available == 2500


@pytest.mark.parametrize("quantity", [0, -5])
def test_nothing_is_no_harvest(session: Session, seller: str, leaf: str, quantity: int) -> None:
    with pytest.raises(BadQuantity):
        make_lot(session, seller, leaf, quantity)


@pytest.mark.parametrize("quantity", [10**12, 10**18])
def test_nobody_brings_a_million_tonnes(
    session: Session, seller: str, leaf: str, quantity: int
) -> None:
    with pytest.raises(TooLargeQuantity) as refusal:
        make_lot(session, seller, leaf, quantity)
    assert "lớn quá mức" in refusal.value.text()


def test_a_harvest_of_tomorrow_is_refused(session: Session, seller: str, leaf: str) -> None:
    with pytest.raises(HarvestInFuture) as refusal:
        make_lot(session, seller, leaf, harvested_on=days_ago(-1))
    assert "không thể sau hôm nay" in refusal.value.text()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("harvested_on", {"harvested_on": date(1026, 11, 25)}),
        ("best_before", {"harvested_on": date(2026, 11, 24), "best_before": date(2026, 11, 23)}),
        ("sprayed_on", {"harvested_on": date(2026, 11, 20), "sprayed_on": date(2026, 11, 21)}),
        ("interval_days", {"interval_days": 7}),
        ("interval_days", {"sprayed_on": date(2026, 11, 20)}),
        ("interval_days", {"sprayed_on": date(2026, 11, 20), "interval_days": -1}),
        ("interval_days", {"sprayed_on": date(2026, 11, 20), "interval_days": 10**9}),
    ],
)
def test_days_that_do_not_fit_are_named(
    session: Session, seller: str, leaf: str, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(BadLotDay) as refusal:
        make_lot(session, seller, leaf, **changes)
    assert refusal.value.data == {"field": field}


def test_a_lot_inside_its_interval_waits_and_says_until_when(
    session: Session, seller: str, leaf: str
) -> None:
    lot = make_lot(session, seller, leaf, 900, sprayed_on=days_ago(3), interval_days=7)
    known = facts.get(session, seller, lot)
    assert (known.state, known.waits_for, known.clear_on) == (
        "quarantine",
        "interval",
        days_ago(-4),
    )
    assert stock.levels(session, [leaf])[leaf].on_hand == 0
    with pytest.raises(NotClearYet) as refusal:
        states.release(session, seller, lot, ACTOR, "cần bán gấp")
    assert refusal.value.on == days_ago(-4)
    assert "29/11/2026" in refusal.value.text()


def test_the_server_releases_it_on_the_first_day_after(
    session: Session, seller: str, leaf: str, time_at: FixedClock
) -> None:
    lot = make_lot(session, seller, leaf, 900, sprayed_on=days_ago(3), interval_days=7)
    time_at.advance(3 * DAY_MS)
    states.release_cleared(session)
    assert facts.get(session, seller, lot).state == "quarantine"
    time_at.advance(DAY_MS)
    states.release_cleared(session)
    assert facts.get(session, seller, lot).state == "available"
    assert stock.levels(session, [leaf])[leaf].on_hand == 900


def test_a_spraying_long_ago_delays_nothing(session: Session, seller: str, leaf: str) -> None:
    lot = make_lot(session, seller, leaf, sprayed_on=days_ago(7), interval_days=7)
    assert facts.get(session, seller, lot).state == "available"


def test_best_before_unsaid_is_what_the_product_keeps(session: Session, seller: str) -> None:
    tea = make_product(session, seller, shelf_days=30, removal_days=5)
    known = facts.get(session, seller, make_lot(session, seller, tea))
    assert (known.best_before, known.removes_on) == (days_ago(-30), days_ago(-25))


def test_best_before_unsaid_of_an_unsaid_product_is_what_its_kind_keeps(
    session: Session, seller: str
) -> None:
    herbs = make_product(session, seller, kind="rau")
    assert facts.get(session, seller, make_lot(session, seller, herbs)).best_before == days_ago(-3)


def test_what_had_to_leave_the_shelf_before_today_is_blocked_from_the_start(
    session: Session, seller: str, leaf: str
) -> None:
    lot = make_lot(session, seller, leaf, harvested_on=days_ago(9), best_before=days_ago(1))
    known = facts.get(session, seller, lot)
    assert (known.state, known.why) == ("blocked", "Đã qua ngày rút khỏi quầy")
    assert stock.levels(session, [leaf])[leaf].on_hand == 0


def test_a_members_goods_get_the_next_slip(session: Session, seller: str, leaf: str) -> None:
    member = make_member(session, seller)
    make_lot(session, seller, leaf)
    numbers = []
    for quantity in (4000, 6000):
        slip = facts.slip(
            session, seller, make_lot(session, seller, leaf, quantity, member_id=member)
        )
        assert slip is not None
        numbers.append((slip.number, slip.quantity, slip.member_name))
    assert numbers == [(1, 4000, "Hoàng Thị Mai"), (2, 6000, "Hoàng Thị Mai")]


def test_a_plot_says_whose_harvest_it_is(session: Session, seller: str, leaf: str) -> None:
    member = make_member(session, seller)
    lot = make_lot(session, seller, leaf, plot_id=make_plot(session, seller, member))
    assert facts.get(session, seller, lot).member_id == member


def test_what_nobody_brought_has_no_slip(session: Session, seller: str, leaf: str) -> None:
    assert facts.slip(session, seller, make_lot(session, seller, leaf)) is None


def test_members_plots_products_and_points_of_others_are_not_found(
    session: Session, seller: str, leaf: str
) -> None:
    other = make_seller(session)
    stranger = make_member(session, other)
    mine, neighbour = make_member(session, seller), make_member(session, seller)
    plot = make_plot(session, seller, neighbour)
    for changes in (
        {"member_id": stranger},
        {"plot_id": make_plot(session, other, stranger)},
        {"member_id": mine, "plot_id": plot},
        {"point_id": stock.store_of(session, other)},
    ):
        with pytest.raises(NotFound):
            make_lot(session, seller, leaf, **changes)
    with pytest.raises(NotFound):
        make_lot(session, other, leaf)


def test_a_lot_of_another_seller_is_not_found(session: Session, seller: str, leaf: str) -> None:
    lot, other = make_lot(session, seller, leaf), make_seller(session)
    with pytest.raises(NotFound):
        facts.get(session, other, lot)
    for act in (states.release, states.block, states.recall, states.spend):
        with pytest.raises(NotFound):
            act(session, other, lot, ACTOR, "")


def test_what_happened_is_told_with_who_and_why(session: Session, seller: str, leaf: str) -> None:
    lot = make_lot(session, seller, leaf)
    states.block(session, seller, lot, ACTOR, "  có mốc\ttrắng ")
    states.release(session, seller, lot, "p:manager", "đã kiểm tra")
    told = [(n.what, n.reason, n.actor) for n in facts.notes(session, seller, lot)]
    assert sorted(told) == [
        ("blocked", "có mốc trắng", ACTOR),
        ("recorded", "", ACTOR),
        ("released", "đã kiểm tra", "p:manager"),
    ]


def test_every_refusal_has_vietnamese_words(session: Session, seller: str, leaf: str) -> None:
    with pytest.raises(DomainError) as refusal:
        make_lot(session, seller, leaf, sprayed_on=days_ago(-1))
    assert "phun thuốc" in refusal.value.text()


@pytest.mark.parametrize("counted", [10**12, 10**30])
def test_nobody_counts_a_million_tonnes(
    session: Session, seller: str, leaf: str, counted: int
) -> None:
    lot, row = make_lot(session, seller, leaf), stock_id_of(session, leaf)
    with pytest.raises(TooLargeQuantity):
        stock.recount_lot(session, row, lot, counted, stock.Word(ACTOR))
    with pytest.raises(TooLargeQuantity):
        stock.recount(session, row, counted, "")
