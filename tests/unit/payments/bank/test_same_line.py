"""Tellings of one movement are one line, whatever the order in which roads tell of them."""

from collections import Counter

from tests.support.tellings import FEED, FILE, HAND, A, B, heard, require_the_same_lines, told


def test_a_feed_and_a_statement_with_other_references_tell_of_one_line() -> None:
    webhook = told("w", FEED, reference="FT1", text="muachecpx7k3m9q2", codes=A)
    row = told("s", FILE, reference="507812345", text="mbvcbcpx7k3m9q2", codes=A)
    assert len(heard(webhook, row).lines) == 1


def test_two_equal_transfers_of_one_day_stay_two() -> None:
    webhooks = [told(f"w{n}", FEED, reference=f"FT{n}", codes=A) for n in (1, 2)]
    rows = [told(f"s{n}", FILE, codes=A) for n in (1, 2)]
    assert len(heard(*webhooks, *rows).lines) == len(heard(*rows, *webhooks).lines) == 2


def test_what_a_feed_missed_comes_with_the_statement() -> None:
    book = heard(told("w", FEED, text="x"), told("s1", FILE, text="x"), told("s2", FILE, text="y"))
    assert len(book.lines) == 2


def test_lines_that_name_two_orders_are_never_one() -> None:
    assert len(heard(told("w", FEED, codes=A), told("s", FILE, codes=B)).lines) == 2


def test_a_line_without_its_code_gives_way_to_a_better_pair() -> None:
    row, first = told("s", FILE, codes=A), told("w1", FEED, text="tien")
    second = told("w2", FEED, codes=A)
    for order in ((row, first, second), (first, row, second), (second, row, first)):
        assert heard(*order).codes == Counter({A: 1, (): 1})


def test_a_transfer_at_night_may_be_booked_the_next_day() -> None:
    night = told("w", FEED, codes=A)
    assert len(heard(night, told("s", FILE, codes=A, day=11, line_day=11)).lines) == 1
    assert len(heard(night, told("s", FILE, codes=A, day=12, line_day=12)).lines) == 2


def test_the_same_order_paid_again_the_next_day_is_two() -> None:
    nights = [told("w1", FEED, codes=A), told("w2", FEED, codes=A, day=11, line_day=11)]
    rows = [told("s1", FILE, codes=A), told("s2", FILE, codes=A, day=11, line_day=11)]
    for order in (nights + rows, rows + nights, [nights[0], rows[1], nights[1], rows[0]]):
        assert len(heard(*order).lines) == 2


def test_what_a_person_saw_is_the_line_with_that_tail() -> None:
    seen = told("m", HAND, tail="4321", codes=A)
    rows = (told("s1", FILE, tail="9999"), told("s2", FILE, tail="4321"))
    book = heard(seen, *rows)
    assert book.known["m"].line == book.known["s2"].line
    assert len(book.lines) == 2


def test_any_order_and_any_batch_give_the_same_lines() -> None:
    require_the_same_lines(150)
