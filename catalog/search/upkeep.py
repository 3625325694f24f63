"""Keeps an index made by another release of the market from growing stale.

Why: words come from tables in the code (kinds, communes) as well as from rows. A release that changes one
would leave every row as the old one wrote it. So the index says by what it was made, and `flask prepare`
makes it anew where that is not what runs now. Refuses to trust a number somebody must remember to raise.
"""

import hashlib
from functools import cache
from importlib import resources

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.models import SearchTerm
from catalog.search import index

_MADE_BY = {
    "catalog": ("kinds.py", "communes.py", "units.py", "data/communes.json"),
    "catalog.search": ("amounts.py", "index.py", "places.py", "words.py"),
    "core": ("text.py", "quantity.py"),
}
"""What decides which words a listing has, besides its own rows."""
_STAMP = ":made="
"""Nobody can type it: words are letters and digits."""


def bring_up_to_date(session: Session) -> int:
    """Make the index anew if another release made it, else only what it lacks; returns how many listings.

    Costs two queries where nothing changed.
    """
    stamp = select(SearchTerm.word).where(SearchTerm.word == _stamp())
    if session.scalar(stamp) is None:
        return rebuild(session)
    return index.index_missing(session)


def rebuild(session: Session) -> int:
    """Make every row anew, forget words nobody uses, say by what it was made; returns how many listings."""
    session.execute(delete(SearchTerm))
    made = index.make_anew(session)
    session.add(SearchTerm(word=_stamp()))
    session.flush()
    return made


@cache
def _stamp() -> str:
    made_by = hashlib.sha256()
    for package, names in _MADE_BY.items():
        for name in names:
            made_by.update(resources.files(package).joinpath(name).read_bytes())
    return _STAMP + made_by.hexdigest()[:32]
