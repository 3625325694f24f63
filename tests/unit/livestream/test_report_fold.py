"""Counting a sale day: by hand for a small one, by law for any."""

from hypothesis import given
from hypothesis import strategies as st

from livestream.figures import charts, definitions, fold
from livestream.figures.report_facts import Claimed, Declared, Facts
from shop.figures.sale_facts import (
    IN_PROVINCE,
    LATE,
    ON_TIME,
    OUTSIDE,
    UNKNOWN,
    WAITING,
    Complaint,
    SoldOrder,
    SoldPart,
)

TEA = SoldPart(2, 130_000, "g", 400, (("05560", 300), ("05563", 100)), ("ocop:4", "vietgap"))
RICE = SoldPart(1, 100_000, "g", 5_000, (("", 1),), ())
HONEY = SoldPart(1, 250_000, "ml", 500, (("05560", 500),), ("ocop:4",))
EGGS = SoldPart(3, 90_000, "piece", 30, (("05563", 30),), ())


def order(code: str, *parts: SoldPart, **changes: object) -> SoldOrder:
    values: dict[str, object] = {
        "code": code,
        "source": "live:s",
        "seller_id": "a",
        "buyer": "hoa",
        "placed_ms": 1,
        "state": "secured",
        "goes": IN_PROVINCE,
        "packs": sum(part.packs for part in parts),
        "bank_vnd": 0,
        "cash_vnd": 0,
        "back_vnd": 0,
        "parts": parts,
    }
    return SoldOrder(**{**values, **changes})  # type: ignore[arg-type]  # a test's words


EVENING = Facts(
    sellers=(("a", "HTX Chè"), ("b", "Nhà bác Ba"), ("c", "HTX Gạo")),
    viewers=41,
    claimed=(Claimed("a", 5, 9, 585_000), Claimed("b", 2, 4, 340_000)),
    orders=(
        order("1", TEA, bank_vnd=150_000),
        order("2", RICE, HONEY, buyer="lan", goes=OUTSIDE, bank_vnd=200_000, cash_vnd=150_000),
        order(
            "3", EGGS, seller_id="b", goes=OUTSIDE, placed_ms=9, cash_vnd=90_000, back_vnd=30_000
        ),
        order("4", TEA, buyer="minh", goes=UNKNOWN, state="expired"),
        order("5", EGGS, seller_id="b", buyer="ba", goes=UNKNOWN, state="refused", cash_vnd=1),
    ),
    complaints=tuple(Complaint("a", one) for one in (ON_TIME, ON_TIME, LATE, WAITING)),
    declared=(Declared("x", "a", "5 kg chè bán tại nhà", 900_000),),
)


def test_a_small_evening_is_counted_as_by_hand() -> None:
    values = fold.report(EVENING).values
    assert values["viewers"] == 41
    assert (values["claims"], values["claimed_packs"], values["claimed_vnd"]) == (7, 13, 925_000)
    assert [values[f"ordered_{what}"] for what in ("orders", "packs", "vnd")] == [5, 12, 790_000]
    assert [values[f"paid_{what}"] for what in ("orders", "packs", "vnd")] == [4, 10, 660_000]
    assert (values["grams"], values["millilitres"], values["pieces"]) == (5_400, 500, 60)
    assert (values["refused_orders"], values["refused_vnd"]) == (1, 90_000)
    assert (values["refunds"], values["refund_vnd"]) == (1, 30_000)
    assert [values[f"complaints{how}"] for how in ("", "_on_time", "_waiting")] == [4, 2, 1]


def test_buyers_count_once_by_where_their_first_order_goes() -> None:
    values = fold.report(EVENING).values
    found = [values[f"buyers{where}"] for where in ("", "_in", "_out", "_unknown")]
    assert found == [3, 1, 1, 1]


def test_money_by_bank_is_shared_against_all_money_and_nothing_has_no_share() -> None:
    values = fold.report(EVENING).values
    assert (values["bank_vnd"], values["cash_vnd"]) == (350_000, 240_001)
    assert values["cashless"] == 593
    assert (fold.cashless(1, 1), fold.cashless(1, 0), fold.cashless(0, 0)) == (500, 1000, None)


def test_goods_divide_by_seller_commune_and_papers() -> None:
    groups = fold.report(EVENING).groups
    told = {key: [(row.key, row.grams, row.vnd) for row in rows] for key, rows in groups.items()}
    assert told["seller"] == [("a", 5_400, 480_000), ("b", 0, 180_000), ("c", 0, 0)]
    assert told["commune"] == [
        ("05560", 300, 347_500),
        ("05563", 100, 212_500),
        ("", 5_000, 100_000),
    ]
    assert told["paper"] == [
        ("ocop:4", 0, 250_000),
        ("ocop:4+vietgap", 400, 130_000),
        ("", 5_000, 280_000),
    ]


def test_what_is_declared_stands_apart_and_is_in_no_other_figure() -> None:
    report = fold.report(EVENING)
    without = fold.report(Facts(**{**vars(EVENING), "declared": ()}))
    assert report.values["declared_vnd"] == 900_000
    assert {**report.values, "declared_vnd": 0} == without.values
    assert report.groups == without.groups


def test_every_figure_has_one_definition_and_every_definition_a_figure() -> None:
    report = fold.report(EVENING)
    keys = [figure.key for figure in definitions.FIGURES]
    assert sorted(keys) == sorted(report.values)
    assert {part.key for part in definitions.PARTS} == set(report.groups)
    assert all(figure.meaning and figure.name for figure in definitions.FIGURES)


_parts = st.builds(
    SoldPart,
    packs=st.integers(0, 50),
    amount_vnd=st.integers(0, 10**8),
    base_unit=st.sampled_from(["g", "ml", "piece"]),
    quantity=st.integers(0, 10**6),
    communes=st.lists(
        st.tuples(st.sampled_from(["", "1", "2", "3"]), st.integers(1, 10**6)),
        min_size=1,
        unique_by=lambda one: one[0],
    ).map(tuple),
    papers=st.sampled_from([(), ("ocop:4",), ("ocop:4", "vietgap")]),
)
_orders = st.lists(
    st.builds(
        SoldOrder,
        code=st.text("ABC", min_size=3, max_size=3),
        source=st.just("live:s"),
        seller_id=st.sampled_from(["a", "b", "c"]),
        buyer=st.sampled_from(["hoa", "lan", "minh"]),
        placed_ms=st.integers(0, 9),
        state=st.sampled_from(["placed", "secured", "refused", "cancelled"]),
        goes=st.sampled_from([IN_PROVINCE, OUTSIDE, UNKNOWN]),
        packs=st.integers(0, 50),
        bank_vnd=st.integers(0, 10**8),
        cash_vnd=st.integers(0, 10**8),
        back_vnd=st.integers(0, 10**8),
        parts=st.lists(_parts, max_size=3).map(tuple),
    ),
    max_size=8,
)


@given(_orders)
def test_parts_sum_to_the_whole(orders: list[SoldOrder]) -> None:
    report = fold.report(Facts(**{**vars(EVENING), "orders": tuple(orders)}))
    values = report.values
    for rows in report.groups.values():
        assert sum(row.vnd for row in rows) == values["paid_vnd"]
        assert sum(row.grams for row in rows) == values["grams"]
    where = [values["buyers_in"], values["buyers_out"], values["buyers_unknown"]]
    assert sum(one or 0 for one in where) == values["buyers"]
    assert (values["paid_orders"] or 0) <= (values["ordered_orders"] or 0)


@given(_orders)
def test_the_report_of_all_is_that_of_each_seller_added_up(orders: list[SoldOrder]) -> None:
    whole = Facts(**{**vars(EVENING), "orders": tuple(orders)})
    parts = [_of(whole, seller) for seller, _name in whole.sellers]
    for key in ("paid_vnd", "ordered_packs", "grams", "bank_vnd", "refund_vnd", "claimed_vnd"):
        alone = [fold.report(part).values[key] or 0 for part in parts]
        assert fold.report(whole).values[key] == sum(alone)


def _of(facts: Facts, seller: str) -> Facts:
    return Facts(
        sellers=tuple(one for one in facts.sellers if one[0] == seller),
        viewers=facts.viewers,
        claimed=tuple(one for one in facts.claimed if one.seller_id == seller),
        orders=tuple(one for one in facts.orders if one.seller_id == seller),
        complaints=(),
        declared=(),
    )


def test_the_longest_bar_is_whole_and_a_small_amount_is_still_seen() -> None:
    found = charts.bars([("HTX Chè", "1.000.000 đ", 10**6), ("Nhà bác Ba", "10 đ", 10)])
    assert [bar.width for bar in found] == [charts.WIDTH, 2]
    assert [bar.y for bar in found] == [0, charts.STEP]
    assert charts.bars([("Không", "0 đ", 0)])[0].width == 0
    assert charts.bars([("x" * 80, "1 đ", 1)])[0].label.endswith("…")
