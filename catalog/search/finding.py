"""From a question to the listings on one page, in a number of queries that does not grow with the market.

A question is asked in steps: words spelled as typed, then without marks, then by other names of the
same thing, then with the last word open. Within a step a window of the newest is ranked in Python
(`ranking`), so both databases agree.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from catalog.search import meaning, papers, places, questions, ranking, synonyms
from catalog.search.asking import Asked, Word
from catalog.search.questions import WINDOW, Priced
from catalog.search.wanted import Sort, Wanted
from catalog.search.words import Term, terms
from core.errors import BadRequest

_CURSOR = re.compile(r"([0-9])-([0-9]{1,15})-([0-9]{1,15})")


@dataclass(frozen=True)
class Found:
    """The listings of a page in their order, and the cursor of the next (None at the end).

    `count` is how many fit in all, `WINDOW` + 1 for more than `WINDOW` of them; said on the first page,
    else None. `meant` are the folded words that were looked for instead of those typed ("" if none).
    """

    listing_ids: tuple[str, ...]
    after: str | None
    count: int | None
    meant: str = ""


@dataclass(frozen=True)
class _Place:
    """Where a page begins: by fit (step, newest number of its window, offset), by price (see `Priced`)."""

    step: int
    first: int
    second: int

    def __str__(self) -> str:
        return f"{self.step}-{self.first}-{self.second}"


def find(session: Session, wanted: Wanted, after: str | None = None, limit: int = 24) -> Found:
    """One page of what fits; with `after` the page behind that cursor.

    Words that fit nothing at all are taken for what they may have meant, and `meant` says so. A question
    of signs without a letter or digit finds nothing.

    Raises:
        BadRequest: `after` is not a cursor of ours.
    """
    wanted = papers.understood(wanted)
    asked = terms(wanted.query)
    if wanted.query.strip() and not asked:
        return Found((), None, 0)  # signs only: nothing is called so
    place = _place(after) if after is not None else None
    found = _page(session, wanted, asked, (place, limit))
    if found.listing_ids or place or not asked or _fits_anything(session, asked):
        return found
    meant = " ".join(meaning.meant(session, asked))
    if not meant:
        return found
    again = _page(session, replace(wanted, query=meant), terms(meant), (None, limit))
    return replace(again, meant=meant)


def _page(
    session: Session, wanted: Wanted, asked: Sequence[Term], where: tuple[_Place | None, int]
) -> Found:
    place, limit = where
    reader = {Sort.FIT: _by_fit, Sort.NEW: _by_fit, Sort.PRICE: _by_price}[wanted.sort]
    read = reader(session, wanted, asked, (place, limit + 1))
    count = None if place else questions.count(session, _widest(wanted, asked), wanted)
    return Found(
        listing_ids=tuple(listing for _, listing in read[:limit]),
        after=str(read[limit][0]) if len(read) > limit else None,
        count=count,
    )


def _fits_anything(session: Session, asked: Sequence[Term]) -> bool:
    return questions.count(session, _widest(Wanted(), asked), Wanted()) > 0


def _place(cursor: str) -> _Place:
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise BadRequest(field="after", why="not a cursor")
    return _Place(*map(int, found.groups()))


def _steps(wanted: Wanted, asked: Sequence[Term]) -> list[Asked]:
    """The question in steps that do not overlap: as spelled, without marks, by other names, and with the
    last word open."""
    if not asked or wanted.sort is not Sort.FIT:
        return [_widest(wanted, asked)]
    need = questions.required(wanted)
    spelled = tuple(Word((term.exact,)) for term in asked)
    whole = tuple(Word((term.folded,)) for term in asked)
    first = [Asked(spelled + need)] if spelled != whole else []
    plain = Asked(whole + need)
    steps = [*first, plain.but_not(spelled) if first else plain]
    other = _by_other_names(asked)
    if other:
        named = [one + need for one in other]
        steps.append(Asked(named[0], or_else=tuple(named[1:])).but_not(whole))
    if asked[-1].spelled:  # typed to its end: the last step would find nothing
        return steps
    return [*steps, _widest(wanted, asked).but_not(whole, *other)]


def _widest(wanted: Wanted, asked: Sequence[Term]) -> Asked:
    """All the steps in one."""
    need = questions.required(wanted)
    other = tuple(one + need for one in _by_other_names(asked, open_end=True))
    return Asked(_opened(asked) + need, or_else=other)


def _opened(asked: Sequence[Term]) -> tuple[Word, ...]:
    """The last word as the beginning of one, unless it was typed with its marks: `trà` is no `tráng`."""
    last = len(asked) - 1
    return tuple(
        Word((term.folded,), open_end=at == last and not term.spelled)
        for at, term in enumerate(asked)
    )


def _by_other_names(asked: Sequence[Term], *, open_end: bool = False) -> list[tuple[Word, ...]]:
    """The question read otherwise; with `open_end` its last word is open where it is as typed."""
    found = []
    for reading in synonyms.readings(tuple(asked)):
        as_typed = _opened(reading) if open_end else [Word((term.folded,)) for term in reading]
        pairs = zip(reading, as_typed, strict=True)
        found.append(tuple(word if term in asked else Word((term.exact,)) for term, word in pairs))
    return found


def _by_fit(
    session: Session, wanted: Wanted, asked: Sequence[Term], where: tuple[_Place | None, int]
) -> list[tuple[_Place, str]]:
    place, limit = where
    read: list[tuple[_Place, str]] = []
    for found in _from(session, wanted, asked, place or _Place(0, 0, 0)):
        read.append(found)
        if len(read) == limit:
            break
    return read


def _from(
    session: Session, wanted: Wanted, asked: Sequence[Term], place: _Place
) -> Iterator[tuple[_Place, str]]:
    """Everything from `place` on, window by window, step by step."""
    steps = _steps(wanted, asked)
    names = _names(asked)
    step, top, offset = place.step, place.first, place.second
    while step < len(steps):
        window = questions.newest(session, steps[step], wanted, top)
        top = window[0].number if window else 0
        shown = ranking.ranked(window, *names) if wanted.sort is Sort.FIT else window
        for at in range(offset, len(shown)):
            yield _Place(step, top, at), shown[at].listing_id
        full = len(window) == WINDOW and window[-1].number > 1
        step, top, offset = (step, window[-1].number - 1, 0) if full else (step + 1, 0, 0)


def _names(asked: Sequence[Term]) -> list[list[str]]:
    """The folded words of a question by each of its names, without places: goods are not called so."""
    said = (asked, *synonyms.readings(tuple(asked)))
    return [[term.folded for term in one if not places.is_place(term)] for one in said]


def _by_price(
    session: Session, wanted: Wanted, asked: Sequence[Term], where: tuple[_Place | None, int]
) -> list[tuple[_Place, str]]:
    """A price's cursor is the last listing seen, so the place of each is the one before it."""
    place, limit = where
    behind = Priced(bool(place.step), place.first, place.second, "") if place else None
    found = questions.cheapest(session, _widest(wanted, asked), wanted, behind, limit)
    seen = [behind, *found] if behind else [None, *found]
    return [
        (
            _Place(int(last.counted), last.per_vnd, last.number) if last else _Place(0, 0, 0),
            one.listing_id,
        )
        for last, one in zip(seen, found, strict=False)
    ]
