"""The bench's arithmetic, against examples worked by hand."""

import json

import pytest

from tests.bench.figures import Line, as_json, figures, median, number, percentile, table

CLAIMS = Line("claims", "Claims", "claims/s", "claims", (("rows", "bare row"), ("none", "nothing")))
WEIGHT = Line("weight", "Page", "KB", "weight", budget=60)


@pytest.mark.parametrize(
    ("values", "middle"), [([3.0], 3), ([9.0, 1.0, 2.0], 2), ([4.0, 1.0, 2.0, 3.0], 2.5)]
)
def test_the_median_is_the_middle_of_the_sorted_values(values: list[float], middle: float) -> None:
    assert median(values) == middle


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (99, 99), (100, 100), (1, 1), (0, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent: int, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == value


def test_the_ninety_ninth_percentile_of_few_values_is_the_largest() -> None:
    assert percentile([1.0, 2.0, 30.0], 99) == 30


def test_a_ratio_is_between_medians_of_the_same_run_and_unmeasured_ones_are_left_out() -> None:
    rounds = [
        {"claims": 10.0, "rows": 4.0},
        {"claims": 30.0, "rows": 6.0},
        {"claims": 20.0, "rows": 5.0},
    ]
    (shown,) = figures([CLAIMS, WEIGHT], rounds)
    assert shown.value == 20
    assert shown.ratios == {"rows": 4.0}


def test_the_table_names_ratio_spread_and_command() -> None:
    rounds = [{"claims": 1234.0, "rows": 617.0, "weight": 45.0}]
    text = table(figures([CLAIMS, WEIGHT], rounds))
    assert "2.00 × bare row" in text
    assert "1,234 … 1,234" in text
    assert "75.0 % of 60.0" in text
    assert "python -m tests.bench claims" in text


def test_a_figure_is_one_line_of_json() -> None:
    (shown,) = figures([WEIGHT], [{"weight": 45.0}])
    assert json.loads(as_json(shown)) == {
        "figure": "weight",
        "value": 45.0,
        "unit": "KB",
        "rounds": [45.0],
        "command": "python -m tests.bench weight",
        "budget": 60,
    }


@pytest.mark.parametrize(
    ("value", "text"), [(12345.6, "12,346"), (99.96, "100.0"), (56.71, "56.7"), (8.899, "8.90")]
)
def test_numbers_are_shown_to_three_figures(value: float, text: str) -> None:
    assert number(value) == text
