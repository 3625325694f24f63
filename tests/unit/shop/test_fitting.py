"""Words on paper: broken at spaces, never wider than the room, cut only when there is no more."""

from hypothesis import given
from hypothesis import strategies as st

from shop.packing.fitting import lines_of, size_for


def width(text: str) -> float:
    return float(len(text))


def test_words_go_on_the_next_line_when_there_is_no_room() -> None:
    assert lines_of("chè móc câu Tân Cương", 11, width, 3) == ["chè móc câu", "Tân Cương"]


def test_too_long_a_text_ends_in_an_ellipsis() -> None:
    assert lines_of("một hai ba bốn năm", 7, width, 2) == ["một hai", "ba bốn…"]


def test_at_a_no_break_space_nothing_is_broken() -> None:
    assert lines_of("chè gói\u00a0200\u00a0g", 9, width, 3) == ["chè", "gói\u00a0200\u00a0g"]


def test_the_largest_size_that_fits_is_taken_else_the_smallest() -> None:
    at = lambda size: lambda text: len(text) * size  # noqa: E731
    assert size_for("Hoa", 30, at, [12, 10, 8]) == 10
    assert size_for("Nguyễn Thị Phương Thảo", 30, at, [12, 10, 8]) == 8


@given(st.text(alphabet="ab đ ", max_size=60), st.integers(2, 12), st.integers(1, 4))
def test_no_line_is_wider_than_the_room(text: str, room: int, most: int) -> None:
    lines = lines_of(text, room, width, most)
    assert len(lines) <= most
    assert all(0 < width(line) <= room for line in lines)
