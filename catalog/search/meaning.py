"""What a question that finds nothing may have meant: words that exist, spelled nearly like it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import communes
from catalog.models import SearchRow, SearchTerm
from catalog.search import questions, slips
from catalog.search.asking import Asked, Word
from catalog.search.wanted import Wanted
from catalog.search.words import Term, folded_words

_MOST_SPLITS = 4
Costs = Mapping[str, int]


def meant(session: Session, terms: Sequence[Term]) -> tuple[str, ...]:
    """The folded words that find something and are nearest to `terms`; empty if nothing is near.

    A commune's former name stands for the commune it belongs to now. A word typed without its space is
    taken apart. Otherwise each word may be another that sounds like it or is one letter off, as long as
    one listing has them all: what costs least wins (`slips`), then the newest listing.
    """
    typed = [term.folded for term in terms]
    return _where_it_is_now(session, typed) or _what_it_sounds_like(session, typed)


def _where_it_is_now(session: Session, typed: Sequence[str]) -> tuple[str, ...]:
    for at in range(len(typed)):
        commune = communes.find(" ".join(typed[at:]))
        if commune is not None:
            words = (*typed[:at], *folded_words(commune.name))
            return words if _exists(session, words) else ()
    return ()


def _what_it_sounds_like(session: Session, typed: Sequence[str]) -> tuple[str, ...]:
    choices = [{word: 0, **slips.variants(word)} for word in typed]
    asked = {word for costs in choices for word in costs}
    asked |= {half for word in typed for pair in slips.halves(word) for half in pair}
    known = set(session.scalars(select(SearchTerm.word).where(SearchTerm.word.in_(sorted(asked)))))
    return _taken_apart(session, typed, known) or _nearest(
        session,
        [{word: cost for word, cost in costs.items() if word in known} for costs in choices],
    )


def _taken_apart(session: Session, typed: Sequence[str], known: set[str]) -> tuple[str, ...]:
    strange = [word for word in typed if word not in known]
    if len(strange) != 1:
        return ()
    pairs = [pair for pair in slips.halves(strange[0]) if known.issuperset(pair)]
    for pair in pairs[:_MOST_SPLITS]:
        at = typed.index(strange[0])
        words = (*typed[:at], *pair, *typed[at + 1 :])
        if _exists(session, words):
            return words
    return ()


def _exists(session: Session, words: Sequence[str]) -> bool:
    return questions.count(session, Asked(tuple(Word((one,)) for one in words)), Wanted()) > 0


def _nearest(session: Session, choices: Sequence[Costs]) -> tuple[str, ...]:
    if not all(choices):
        return ()
    asked = Asked(tuple(Word(tuple(sorted(costs))) for costs in choices))
    found = questions.newest(session, asked, Wanted(), 0)
    numbers = [one.number for one in found]
    rows = session.execute(
        select(SearchRow.words)
        .where(SearchRow.number.in_(numbers))
        .order_by(SearchRow.number.desc())
    )
    readings = [_cheapest(set(row.words.split()), choices) for row in rows]
    return min(readings, key=lambda reading: reading[0], default=(0, ()))[1]


def _cheapest(has: set[str], choices: Sequence[Costs]) -> tuple[int, tuple[str, ...]]:
    """What the words cost by which this listing was found, and those words."""
    words = [min((cost, word) for word, cost in costs.items() if word in has) for costs in choices]
    return sum(cost for cost, _ in words), tuple(word for _, word in words)
