"""Right requests for pages anybody may see: the shelf, posters, where lots come from, what crawlers read."""

from tests.flows.example import Example
from tests.flows.market import Market

_EVERYBODY = (200,) * 6

EXAMPLES = {
    "GET /search/ranking": Example(),
    "GET /ahead": Example(),
    "GET /kinds": Example(),
    "GET /kinds/<kind>": Example(query={"in_stock": "1", "sort": "price"}),
    "GET /communes/<commune>": Example(),
    "GET /products/<listing>/poster": Example(query={"price": "no"}),
    "GET /products/<listing>/qr.svg": Example(),
    "GET /trace/<lot>": Example(),
    "GET /robots.txt": Example(),
    "GET /sitemap.xml": Example(),
    "GET /sitemaps/<int(max=999999):part>.xml": Example(),
}

CELLS = dict.fromkeys(EXAMPLES, _EVERYBODY)


def fill(market: Market) -> None:
    """Name what these pages are about."""
    market.ids.update(kind="che_moc_cau", commune="05500", part="1")
