"""Tellings of one movement are one line, whatever the order in which roads tell of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from payments.bank.same_line import Told, assign, clusters

FEED, FILE, OTHER_FILE, HAND = "feed:a", "statement:a", "statement:b", "manual"
A, B = ("CPX7K3M9Q2",), ("CPB2B2B2B2",)


class Book:
    """What the service keeps: where each telling stands, and by which codes each line was placed."""

    def __init__(self) -> None:
        self.known: dict[str, Told] = {}
        self.lines: dict[str, tuple[str, ...]] = {}

    def hear(self, *fresh: Told) -> None:
        placed = assign(self.known.values(), fresh, self.lines)
        new = {one.line for one in placed.values() if one.line not in self.lines}
        names = {line: f"line {len(self.lines) + place}" for place, line in enumerate(new)}
        for one in placed.values():
            line = names.get(one.line, str(one.line))
            self.known[one.id] = replace(one, line=line)
            self.lines[line] = self.lines.get(line) or one.codes

    @property
    def codes(self) -> Counter[tuple[str, ...]]:
        return Counter(self.lines.values())


def told(name: str, road: str, **facts: object) -> Told:
    return replace(Told(name, road, 10, 10), **facts)  # type: ignore[arg-type]


def heard(*tellings: Told) -> Book:
    book = Book()
    for one in tellings:
        book.hear(one)
    return book


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


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Told], list[Told]]:
    """What really happened to one sum on one day, as a feed and a statement tell of it; and an order."""
    tellings: list[Told] = []
    for number in range(draw(st.integers(1, 5))):
        codes = draw(st.sampled_from([(), A, B]))
        text = draw(st.sampled_from(["chuyentien", f"t{number}"])) + "".join(codes).lower()
        for road in (FEED, FILE):
            if not draw(st.booleans()):
                continue
            keeps_code = draw(st.booleans())
            tellings.append(
                told(
                    f"{road}{number}",
                    road,
                    reference=f"FT{number}" if draw(st.booleans()) else "",
                    text=text if draw(st.booleans()) else "",
                    codes=codes if keeps_code else (),
                    balance_vnd=number if draw(st.booleans()) else None,
                )
            )
    return tellings, draw(st.permutations(tellings))


@settings(max_examples=150)
@given(histories())
def test_any_order_gives_the_same_lines(history: tuple[list[Told], list[Told]]) -> None:
    tellings, shuffled = history
    book = heard(*shuffled)
    assert len(book.lines) == len(clusters(tellings))
    assert book.codes == heard(*tellings).codes
    Each(book).stands_once_a_road()


@settings(max_examples=100)
@given(histories(), st.integers(0, 10))
def test_a_batch_gives_the_lines_of_its_tellings_one_by_one(
    history: tuple[list[Told], list[Told]], cut: int
) -> None:
    _, shuffled = history
    book = Book()
    book.hear(*shuffled[:cut])
    book.hear(*shuffled[cut:])
    assert book.codes == heard(*shuffled).codes


class Each:
    """A look at where tellings stand."""

    def __init__(self, book: Book) -> None:
        self._told: Sequence[Told] = list(book.known.values())

    def stands_once_a_road(self) -> None:
        counted = Counter((one.line, one.road) for one in self._told)
        assert max(counted.values(), default=0) <= 1
