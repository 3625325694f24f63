"""Lots suggested to many orders at once: first expired first, each lot only as far as it goes."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.allocation import FreeLot
from shop.packing.suggesting import Want, suggest

DAY = date(2026, 11, 22)
OLD = FreeLot("old", 300, DAY - timedelta(days=9), DAY + timedelta(days=3))
NEW = FreeLot("new", 500, DAY - timedelta(days=1), DAY + timedelta(days=30))


def test_the_second_order_gets_what_the_first_left() -> None:
    found = suggest([Want("a", "s", 200, DAY), Want("b", "s", 200, DAY)], {"s": [NEW, OLD]})
    assert found["a"].parts == (("old", 200),)
    assert found["b"].parts == (("old", 100), ("new", 100))


def test_what_is_bound_stays_and_only_the_rest_is_looked_for() -> None:
    found = suggest([Want("a", "s", 400, DAY, (("new", 300),))], {"s": [OLD]})
    assert found["a"].parts == (("new", 300), ("old", 100))


def test_what_leaves_the_shelf_before_delivery_serves_nobody() -> None:
    found = suggest([Want("a", "s", 100, DAY + timedelta(days=4))], {"s": [OLD]})
    assert (found["a"].parts, found["a"].missing) == ((), 100)


def test_a_row_without_lots_is_missing_all_of_it() -> None:
    assert suggest([Want("a", "s", 100, DAY)], {})["a"].missing == 100


@given(
    st.lists(st.integers(1, 900), max_size=8),
    st.lists(st.integers(0, 700), max_size=6),
)
def test_no_lot_gives_more_than_is_free_and_nothing_is_lost(
    wanted: list[int], free: list[int]
) -> None:
    lots = [FreeLot(f"l{n}", much, DAY, DAY + timedelta(days=n)) for n, much in enumerate(free)]
    wants = [Want(f"h{n}", "s", much, DAY) for n, much in enumerate(wanted)]
    found = suggest(wants, {"s": lots})
    given_of = {lot.id: 0 for lot in lots}
    for want in wants:
        served = found[want.hold_id]
        assert sum(much for _, much in served.parts) + served.missing == want.quantity
        for lot_id, much in served.parts:
            given_of[lot_id] += much
    assert all(given_of[lot.id] <= lot.free for lot in lots)
    assert sum(given_of.values()) == min(sum(wanted), sum(free))
