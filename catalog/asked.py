"""What a search page was asked in its address, and the addresses that ask a little more or less.

One address for one question: a kind or a commune alone has a page of its own, the rest is `/search?…`.
What makes no sense in an address typed by hand is not asked; the API is the strict door.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from catalog.browse import MOST_LETTERS
from catalog.communes import COMMUNES
from catalog.kinds import KINDS
from catalog.search import Sort, Wanted
from catalog.search.wanted import PAPERS
from core.money import BadAmount, parse_vnd
from core.text import clean_line

_YES = "1"
_MONTHS = dict.fromkeys(map(str, range(1, 13)))
_ID = re.compile("[a-z0-9]{1,16}")
"""What an id may be: the index reads anything else as several words, or as a question of its own."""


@dataclass(frozen=True)
class Asked:
    """A question with its address, and those of its neighbours."""

    wanted: Wanted

    @property
    def url(self) -> str:
        """The one address of this question."""
        return url_of(self.wanted)

    def switched(self, name: str, value: str | bool = True) -> str:
        """The address with `name` set to `value`, or unset where it is so already."""
        off = False if value is True else Sort.FIT if name == "sort" else ""
        changed = off if getattr(self.wanted, name) == value else value
        return url_of(replace(self.wanted, **{name: changed}))  # type: ignore[arg-type]

    def without(self, *names: str) -> str:
        """The address without those filters."""
        plain = Wanted()
        return url_of(replace(self.wanted, **{name: getattr(plain, name) for name in names}))

    def page(self, after: str, meant: str = "") -> str:
        """The address of the page behind a cursor; `meant` is what was looked for instead."""
        return _with(replace(self.wanted, query=meant) if meant else self.wanted, after)

    @property
    def narrowed(self) -> bool:
        """Whether anything but words and order is asked."""
        return replace(self.wanted, query="", sort=Sort.FIT) != Wanted()


def read(args: Mapping[str, str]) -> Asked:
    """The question of an address's parameters; a value that means nothing asks nothing."""
    return Asked(
        Wanted(
            query=clean_line(args.get("q", ""), MOST_LETTERS),
            kind=_one_of(args.get("kind"), KINDS),
            commune=_one_of(args.get("commune"), COMMUNES),
            seller=_id(args.get("seller", "")),
            paper=_one_of(args.get("paper"), dict.fromkeys(PAPERS)),
            in_season=args.get("in_season") == _YES,
            month=int(_one_of(args.get("month"), _MONTHS) or 0),
            in_stock=args.get("in_stock") == _YES,
            live=args.get("live") == _YES,
            per_from_vnd=_price(args.get("per_from_vnd", "")),
            per_to_vnd=_price(args.get("per_to_vnd", "")),
            sort=Sort(_one_of(args.get("sort"), {each.value: None for each in Sort}) or Sort.FIT),
        )
    )


def url_of(wanted: Wanted) -> str:
    """The address of a question: a kind's or a commune's own page, or the search."""
    return _with(wanted, "")


def _with(wanted: Wanted, after: str) -> str:
    path = "/search"
    if wanted.kind and not (wanted.query or wanted.commune or wanted.seller):
        path, wanted = f"/kinds/{wanted.kind}", replace(wanted, kind="")
    elif wanted.commune and not (wanted.query or wanted.kind or wanted.seller):
        path, wanted = f"/communes/{wanted.commune}", replace(wanted, commune="")
    found = {**_parameters(wanted), **({"after": after} if after else {})}
    return f"{path}?{urlencode(found)}" if found else path


def _parameters(wanted: Wanted) -> dict[str, str]:
    plain = Wanted()
    said = ((each.name, getattr(wanted, each.name)) for each in fields(wanted))
    return {
        "q" if name == "query" else name: _YES if value is True else str(value)
        for name, value in said
        if value != getattr(plain, name)
    }


def _one_of(value: str | None, known: Mapping[str, object]) -> str:
    return value if value is not None and value in known else ""


def _id(typed: str) -> str:
    return typed if _ID.fullmatch(typed) else ""


def _price(typed: str) -> int | None:
    try:
        return parse_vnd(typed) if typed.strip() else None
    except BadAmount:
        return None
