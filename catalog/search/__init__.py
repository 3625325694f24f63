"""Finding listings: words folded in Python, an index kept by each database, one ranking for both.

What changes a listing, product or seller calls `index_listings`, `index_product`, `index_seller` in its own
transaction. Pages and the API ask `find`. Refuses to sell a better place: nothing but the words, what is
in stock and how new it is decides (`/search/ranking` says so to buyers).
"""

from catalog.search.finding import Found, find
from catalog.search.index import index_listings, index_missing, index_product, index_seller
from catalog.search.questions import WINDOW
from catalog.search.upkeep import rebuild
from catalog.search.wanted import Sort, Wanted

__all__ = [
    "WINDOW",
    "Found",
    "Sort",
    "Wanted",
    "find",
    "index_listings",
    "index_missing",
    "index_product",
    "index_seller",
    "rebuild",
]
