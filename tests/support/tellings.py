"""Tellings of one movement by several roads, in any order; what must be true of the lines they come to."""

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


class Each:
    """A look at where tellings stand."""

    def __init__(self, book: Book) -> None:
        self._told: Sequence[Told] = list(book.known.values())

    def stands_once_a_road(self) -> None:
        counted = Counter((one.line, one.road) for one in self._told)
        assert max(counted.values(), default=0) <= 1


def require_the_same_lines(examples: int) -> None:
    """In so many histories any order, and any batch, gives the same lines, each told once by a road."""
    size = settings(max_examples=examples, derandomize=True)
    size(given(histories())(_any_order))()
    size(given(histories(), st.integers(0, 10))(_in_batches))()


def _any_order(history: tuple[list[Told], list[Told]]) -> None:
    tellings, shuffled = history
    book = heard(*shuffled)
    assert len(book.lines) == len(clusters(tellings)), shuffled
    assert book.codes == heard(*tellings).codes, shuffled
    Each(book).stands_once_a_road()


def _in_batches(history: tuple[list[Told], list[Told]], cut: int) -> None:
    _, shuffled = history
    book = Book()
    book.hear(*shuffled[:cut])
    book.hear(*shuffled[cut:])
    assert book.codes == heard(*shuffled).codes, (shuffled, cut)
