"""Order codes: every slip of one hand is caught, and bank texts give them back."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import (
    ALPHABET,
    check_character,
    find_order_codes,
    is_order_code,
    new_order_code,
    slip_candidates,
)

codes = st.text(ALPHABET, min_size=7, max_size=7).map(
    lambda body: f"CP{body}{check_character(body)}"
)


def test_the_design_example_checks() -> None:
    assert is_order_code("CPX7K3M9Q2")


def test_a_new_code_checks_and_uses_the_given_randomness() -> None:
    drawn: list[int] = []
    source = random.Random(1)

    def index(count: int) -> int:
        drawn.append(count)
        return source.randrange(count)

    assert is_order_code(new_order_code(index))
    assert drawn == [31] * 7


@given(codes)
def test_every_single_substitution_is_caught(code: str) -> None:
    for at in range(2, 10):
        for letter in ALPHABET.replace(code[at], ""):
            assert not is_order_code(code[:at] + letter + code[at + 1 :])


@given(codes)
def test_every_swap_of_neighbours_is_caught(code: str) -> None:
    for at in range(2, 9):
        if code[at] != code[at + 1]:
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert not is_order_code(swapped)


@pytest.mark.parametrize(
    "text", ["", "CP", "cpx7k3m9q2", "CPX7K3M9Q3", "CPX7K3M9Q2 ", "XPX7K3M9Q2", "CPX7K3M9Q０"]
)
def test_anything_else_is_not_a_code(text: str) -> None:
    assert not is_order_code(text)


@pytest.mark.parametrize("body", ["", "X7K3M9", "X7K3M9QQ", "X7K3M91", "x7k3m9q"])
def test_a_check_of_a_wrong_body_is_an_error(body: str) -> None:
    with pytest.raises(ValueError, match="seven letters"):
        check_character(body)


@pytest.mark.parametrize(
    "text",
    [
        "CPX7K3M9Q2",
        "MBVCB.3278907687.CPX7K3M9Q2.CT tu 0123",
        "chuyen tien cpx7k3m9q2thanh toan",
        "CP X7K 3M9 Q2 cam on",
        "C P-X7K3–M9Q-2",
        "CPCPX7K3M9Q2",
        "CPX7K3\nM9Q2",
        "CPX7K3M9Q2 CPX7K3M9Q2",
    ],
)
def test_a_code_is_found_however_the_bank_wrote_it(text: str) -> None:
    assert find_order_codes(text) == ["CPX7K3M9Q2"]


@given(codes, st.text(max_size=20), st.text(max_size=20))
def test_a_code_is_found_between_any_texts(code: str, before: str, after: str) -> None:
    assert code in find_order_codes(f"{before}{code.lower()}{after}")


def test_two_codes_come_in_their_order() -> None:
    other = "CP2222222" + check_character("2222222")
    assert find_order_codes(f"{other}+CPX7K3M9Q2") == [other, "CPX7K3M9Q2"]


@pytest.mark.parametrize("text", ["", "thanh toan tien che", "CPX7K3M9Q3", "X7K3M9Q2", "CP X7K3M9"])
def test_texts_without_a_right_code_give_none(text: str) -> None:
    assert find_order_codes(text) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [("CPX7K3M9Q2", "CPX7K3M9QZ"), ("CPX7K3M9Q2", "CPX1K3M9Q2"), ("CPX7K3M9Q2", "cpx7k3m902")],
)
def test_a_look_alike_leads_to_the_code(written: str, meant: str) -> None:
    assert written in slip_candidates(f"ck {meant} nhe")


@given(codes, st.sampled_from(["8B", "B8", "5S", "S5", "2Z", "Z2", "6G", "G6", "UV", "VU"]))
def test_any_number_of_look_alikes_leads_to_the_code(code: str, slip: str) -> None:
    mistyped = "CP" + code[2:].replace(*slip)
    assert code in find_order_codes(mistyped) + slip_candidates(mistyped)


@given(codes)
def test_candidates_check_and_are_not_what_was_written(code: str) -> None:
    candidates = slip_candidates(code)
    assert code not in candidates
    assert all(is_order_code(candidate) for candidate in candidates)


def test_a_hostile_text_stays_cheap() -> None:
    assert len(slip_candidates("CPBBBBBBBB" * 400)) <= 256
