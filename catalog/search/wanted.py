"""What a buyer looks for: words, filters and an order."""

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """The order of results: best fit (the rule), the newest, the cheapest kilo."""

    FIT = "fit"
    NEW = "new"
    PRICE = "price"


PAPERS = ("ocop", "vietgap", "organic", "gi")
"""The kinds of certificate one can ask for."""


@dataclass(frozen=True)
class Wanted:
    """Words as typed and what else must hold; an empty one wants everything on sale.

    `kind` is a code of `catalog.kinds`, `commune` one of `catalog.communes`, `paper` a kind of certificate
    in force today, `stars` how many an OCOP one has (0: any). `per_from_vnd` and `per_to_vnd` are đồng per
    kilo or litre: what is counted by the piece has no such price and is left out when one is given.
    `month` is one of a harvest (1–12; 0: any): what has no season is left out then, as with `in_season`.
    """

    query: str = ""
    kind: str = ""
    commune: str = ""
    seller: str = ""
    paper: str = ""
    in_season: bool = False
    month: int = 0
    in_stock: bool = False
    live: bool = False
    stars: int = 0
    per_from_vnd: int | None = None
    per_to_vnd: int | None = None
    sort: Sort = Sort.FIT
