"""Which tellings are of one movement: a webhook's line and the same line in a statement are one line.

Several roads tell what a bank saw: feeds, statement files (one road for each layout), people. References
differ between them, texts are cut, statements may lack both. Within a road every telling is another
movement; between roads they are paired by the strongest evidence there is, so that of what looks alike
there are as many lines as the road that told most of them (`docs/algorithms/bank-lines.md`).
Refuses to take two lines for one once both stand, and to pair tellings that name different orders.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

STATEMENT, FEED, MANUAL = "statement", "feed", "manual"
_RANK = {STATEMENT: 0, FEED: 1, MANUAL: 2}
_NEAR_DAYS, _SAME_REFERENCE_DAYS = 1, 3
NEARBY_DAYS = _SAME_REFERENCE_DAYS
"""Tellings so many days around a fresh one may be of its movement."""
NEW = "new:"


@dataclass(frozen=True, slots=True)
class Told:
    """One telling of one sum and direction on one account.

    `road` begins with STATEMENT, FEED or MANUAL; `day` counts days; `reference` and `text` are essences
    (letters and digits), empty if not told; `tail` the last four of the reference, all that a person
    tells; `codes` the order codes its text names; `line` the line it stands on, of the day `line_day`.
    """

    id: str
    road: str
    day: int
    line_day: int
    reference: str = ""
    tail: str = ""
    text: str = ""
    codes: tuple[str, ...] = ()
    balance_vnd: int | None = None
    line: str | None = None

    @property
    def kind(self) -> str:
        """STATEMENT, FEED or MANUAL."""
        return self.road.partition(":")[0]


Cluster = tuple[Told, ...]
_Key = Callable[[Told], Hashable | None]


def _by_codes(told: Told) -> Hashable | None:
    return told.codes or None


def _without_code(told: Told) -> Hashable | None:
    return None if told.codes else "none"


def _with_code(told: Told) -> Hashable | None:
    return "none" if told.codes else None


def _reference(told: Told) -> Hashable | None:
    return told.reference or None


def _balance(told: Told) -> Hashable | None:
    return told.balance_vnd


def _tail_and_codes(told: Told) -> Hashable | None:
    return (told.tail, told.codes) if told.tail else None


def _tail_alone(told: Told) -> Hashable | None:
    return told.tail if told.tail and not told.codes else None


def _tail_of_coded(told: Told) -> Hashable | None:
    return told.tail if told.tail and told.codes else None


def _text(told: Told) -> Hashable | None:
    return (told.text, told.codes) if told.text else None


_STAGES: tuple[tuple[_Key, _Key], ...] = (
    (_reference, _reference),
    (_balance, _balance),
    (_text, _text),
    (_by_codes, _by_codes),
    (_without_code, _without_code),
    (_without_code, _with_code),
    (_with_code, _without_code),
)
"""The evidence for a pair, strongest first: a key of the one that comes, and of the one that is there."""
_BY_HAND = ((_tail_and_codes, _tail_and_codes), (_tail_of_coded, _tail_alone), *_STAGES)


def clusters(members: Iterable[Told]) -> tuple[Cluster, ...]:
    """The movements behind the tellings of one day, sum and direction: each with what tells of it.

    The same set gives the same clusters, in whatever order it came; no two of a road share one. For two
    roads a telling more never makes fewer clusters.
    """
    by_road: dict[str, list[Told]] = {}
    for told in members:
        by_road.setdefault(told.road, []).append(told)
    found: list[list[Told]] = []
    for road in sorted(by_road, key=lambda one: (_RANK[one.partition(":")[0]], one)):
        left, free = sorted(by_road[road], key=_in_order), list(found)
        for coming, there in _BY_HAND if road.startswith(MANUAL) else _STAGES:
            left, free = _pair(left, free, coming, there)
        found += [[told] for told in left]
    return tuple(tuple(one) for one in found)


def _pair(
    left: list[Told], free: list[list[Told]], coming: _Key, there: _Key
) -> tuple[list[Told], list[list[Told]]]:
    """Put each of `left` to a cluster of `free` with its key; returns what is left of both."""
    waiting: dict[Hashable, list[list[Told]]] = {}
    for cluster in reversed(free):
        key = next((key for told in cluster if (key := there(told)) is not None), None)
        if key is not None and not _is_refuted(cluster, there):
            waiting.setdefault(key, []).append(cluster)
    rest: list[Told] = []
    for told in left:
        key = coming(told)
        if key is not None and waiting.get(key):
            waiting[key].pop().append(told)
        else:
            rest.append(told)
    placed = {id(told) for told in left} - {id(told) for told in rest}
    return rest, [one for one in free if not placed & {id(told) for told in one}]


def _is_refuted(cluster: Sequence[Told], there: _Key) -> bool:
    """Whether one telling without a code speaks for a cluster in which another names one."""
    return there in (_without_code, _tail_alone) and any(told.codes for told in cluster)


def _in_order(told: Told) -> tuple[object, ...]:
    own = told.day != told.line_day
    return (own, told.day, told.codes, told.reference, told.text, told.balance_vnd or 0, told.id)


def assign(
    known: Iterable[Told], fresh: Iterable[Told], lines: Mapping[str, tuple[str, ...]]
) -> dict[str, Told]:
    """Where every telling of one sum and direction stands once `fresh` ones are heard, by its id.

    `known` are all tellings of `NEARBY_DAYS` around, each with its line; `lines` tells which order codes
    each of those lines was placed by. A line that is new is called `NEW` and the id of a telling of it.
    """
    book = {told.id: told for told in (*known, *fresh)}
    for day in sorted({told.day for told in book.values() if told.line is None}):
        members = [told for told in book.values() if told.line_day == day]
        book.update({told.id: told for told in _settled(members, book, lines)})
    return book


def _settled(
    members: Sequence[Told], book: Mapping[str, Told], lines: Mapping[str, tuple[str, ...]]
) -> list[Told]:
    """The tellings of one day, each on its line."""
    found = list(clusters(members))
    claimed = _claims(found, lines)
    unclaimed = {told.line for told in members if told.line} - set(claimed.values())
    stay = {next(told.id for told in members if told.line == line) for line in unclaimed}
    settled: list[Told] = [told for told in members if told.id in stay]
    for place, cluster in enumerate(found):
        moving = [told for told in cluster if told.id not in stay]
        if moving and place in claimed:
            settled += [replace(told, line=claimed[place]) for told in moving]
        elif moving:
            settled += _on_a_new_line(moving, {**book, **{one.id: one for one in settled}})
    return settled


def _claims(found: Sequence[Cluster], lines: Mapping[str, tuple[str, ...]]) -> dict[int, str]:
    """Which line each cluster keeps: first those that name the same order, then those it stood on."""
    there = {told.line for cluster in found for told in cluster if told.line}
    wanted = sorted(
        (_codes(cluster) != lines[line], -_shared(cluster, line), line, place)
        for place, cluster in enumerate(found)
        for line in there
        if _shared(cluster, line) or lines[line] in ((), _codes(cluster))
    )
    claimed: dict[int, str] = {}
    for _other, _shared_by, line, place in wanted:
        if place not in claimed and line not in claimed.values():
            claimed[place] = line
    return claimed


def _shared(cluster: Cluster, line: str) -> int:
    return sum(told.line == line for told in cluster)


def _codes(cluster: Sequence[Told]) -> tuple[str, ...]:
    return next((told.codes for told in cluster if told.codes), ())


def _on_a_new_line(moving: Sequence[Told], book: Mapping[str, Told]) -> list[Told]:
    """A line of its own, or that of a day beside on which this road has not told of it (booked at night)."""
    if len(moving) == 1 and (near := _nearby(moving[0], book)):
        return [replace(moving[0], line=near.line, line_day=near.line_day)]
    return [replace(told, line=f"{NEW}{moving[0].id}") for told in moving]


def _nearby(told: Told, book: Mapping[str, Told]) -> Told | None:
    taken = {one.line for one in book.values() if one.road == told.road and one.id != told.id}
    found = [
        one for one in book.values() if one.line and one.line not in taken and _is_near(told, one)
    ]
    return min(found, key=lambda one: (abs(one.line_day - told.day), _in_order(one)), default=None)


def _is_near(told: Told, one: Told) -> bool:
    apart = abs(one.line_day - told.day)
    if one.line_day == told.line_day:
        return False  # of that day's lines none was left for it
    if told.reference and told.reference == one.reference:
        return apart <= _SAME_REFERENCE_DAYS
    if told.codes or one.codes:
        return told.codes == one.codes and apart <= _NEAR_DAYS
    return bool(told.text) and told.text == one.text and apart <= _NEAR_DAYS
