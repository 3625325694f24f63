"""`flask claims read`: a comment a line in, a JSON object a line out, whatever the lines hold."""

import json

import pytest
from click.testing import CliRunner, Result

from core.phone import HIDDEN_PHONE
from livestream.reader.reader_command import claims_group

PINS = "A1=200g, A2=500g,B3=piece,C1=1kg,M1=500ml,Q1=10 quả,D1=1.5kg"


def run(lines: bytes, *options: str, pins: str = PINS) -> Result:
    return CliRunner().invoke(claims_group, ["read", "--pins", pins, *options], input=lines)


def answers(lines: str | bytes, *options: str, pins: str = PINS) -> list[dict[str, object]]:
    result = run(lines.encode() if isinstance(lines, str) else lines, *options, pins=pins)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_claim_has_exactly_the_promised_keys() -> None:
    assert answers("chốt A1 1kg, B3 2 quả 0912345678\n") == [
        {
            "kind": "claim",
            "items": [{"code": "A1", "packs": 5}, {"code": "B3", "packs": 2}],
            "phone": "+84912345678",
            "masked": f"chốt A1 1kg, B3 2 quả {HIDDEN_PHONE}",
            "why": "",
        }
    ]


def test_a_withdrawal_has_no_packs_and_an_unclear_item_is_named() -> None:
    withdrawn, claimed = answers("hủy A1\nA1 2, A2 300g")
    assert withdrawn["items"] == [{"code": "A1"}]
    assert (claimed["kind"], claimed["why"]) == ("claim", "A2: quantity")


@pytest.mark.parametrize(
    ("line", "items"),
    [
        ("C1 2kg", [("C1", 2)]),
        ("M1 1 lít", [("M1", 2)]),
        ("Q1 20 quả", [("Q1", 2)]),
        ("D1 3kg", [("D1", 2)]),
    ],
)
def test_packs_of_every_unit_are_known(line: str, items: list[tuple[str, int]]) -> None:
    (answer,) = answers(line)
    assert answer["items"] == [{"code": code, "packs": packs} for code, packs in items]


def test_the_pin_on_show_is_told_by_its_code() -> None:
    assert [each["kind"] for each in answers("chốt 2 gói\n", "--showing", "a1")] == ["claim"]
    assert [each["why"] for each in answers("chốt 2 gói\n")] == ["no_code"]


def test_bare_numbers_are_codes_where_that_is_said() -> None:
    (answer,) = answers("12\n", "--bare-numbers", pins="12=200g")
    assert answer["items"] == [{"code": "12", "packs": 1}]
    assert answers("12\n", pins="12=200g")[0]["kind"] == "ambiguous"


def test_every_line_is_answered_whatever_it_holds() -> None:
    lines = b"\xef\xbb\xbfA1\r\n\n   \nA1 \xff\nA1 " + b"2" * 200_000 + b"\nA2\x00\nA1"
    kinds = [(each["kind"], each["why"]) for each in answers(lines)]
    assert kinds == [
        ("claim", ""),
        ("chat", ""),
        ("chat", ""),
        ("ambiguous", "not_utf8"),
        ("ambiguous", "too_long"),
        ("claim", ""),
        ("claim", ""),
    ]


def test_no_lines_no_answers() -> None:
    assert answers(b"") == []


@pytest.mark.parametrize(
    "pins",
    [
        "",
        "A1",
        "A1=",
        "A1=0g",
        "A1=200",
        "A1=2 foo",
        "ABC1=1g",
        "A1=1g,a1=2g",
        "A1=0.3g",
        "A1=200g,",
        "A1=" + "9" * 99 + "g",
    ],
)
def test_pins_that_cannot_be_read_are_named(pins: str) -> None:
    result = run(b"A1\n", pins=pins)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--pins'" in result.stderr


def test_a_pin_on_show_must_be_a_pin() -> None:
    result = run(b"A1\n", "--showing", "Z9")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'Z9' is not among the pins" in result.stderr
