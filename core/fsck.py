"""`flask fsck`: every invariant as a query over all rows; it names what is wrong and repairs nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import text
from sqlalchemy.orm import Session

from core import outbox

Check = Callable[[Session], Iterable[str]]
_MOST_NAMED = 20


@dataclass(frozen=True)
class Verdict:
    """What one check found: nothing, or the first twenty problems in words."""

    name: str
    problems: tuple[str, ...]


_checks: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a function that yields what is wrong, one line each, under `name`."""

    def register(function: Check) -> Check:
        _checks[name] = function
        return function

    return register


def wrong_rows(
    session: Session, query: str, values: Mapping[str, int] | None = None
) -> Iterable[str]:
    """Each row that `query` (SQL for both databases) finds wrong, in words: `id=… on_hand=3`."""
    for row in session.execute(text(query), dict(values or {})).mappings():
        yield " ".join(f"{name}={value}" for name, value in row.items())


def run_all(session: Session) -> list[Verdict]:
    """Run every registered check on one snapshot of the database."""
    return [
        Verdict(name, tuple(islice(function(session), _MOST_NAMED)))
        for name, function in sorted(_checks.items())
    ]


@check("outbox.nothing_parked")
def nothing_parked(session: Session) -> Iterable[str]:
    yield from outbox.parked_rows(session)
