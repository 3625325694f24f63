"""What an unclear comment may have meant: likely claims, never more than three."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.talk.guesses import MOST_GUESSES, Guess, guesses

CODES = ("A1", "A2", "12")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lấy cho mình hai cái kia", [("A1", 2)]),
        ("chốt A2 A2 3", [("A2", 1), ("A2", 3)]),
        ("a 2 năm gói", [("A2", 5)]),
        ("A1 với A2 mỗi thứ 2", [("A1", 1), ("A2", 2)]),
        ("A2 2-3 gói", [("A2", 2), ("A2", 3)]),
        ("2 gói A2", [("A2", 2)]),
        ("mã 12", [("12", 1)]),
        ("A2 gọi •••• ••• •••", [("A2", 1)]),
        ("A2 900", [("A2", 1)]),
    ],
)
def test_a_guess_is_the_code_that_is_named_with_its_number(
    text: str, meant: list[tuple[str, int]]
) -> None:
    assert guesses(text, CODES, "A1") == tuple(Guess(*one) for one in meant)


def test_without_a_code_and_a_pin_on_show_nothing_is_guessed() -> None:
    assert guesses("cho mình 2 cái", CODES, None) == ()
    assert guesses("cho mình 2 cái", (), None) == ()


@given(st.text(max_size=80))
def test_whatever_is_written_the_guesses_are_few_and_can_be_claimed(text: str) -> None:
    made = guesses(text, CODES, "A1")
    assert len(made) <= MOST_GUESSES
    assert all(one.code in CODES and one.packs >= 1 for one in made)
