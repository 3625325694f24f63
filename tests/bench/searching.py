"""Search and category pages of a market with a thousand and with a hundred thousand listings.

One reader, so that a figure is the answer's own time and not a queue's; the two sizes by turns, so that
their ratio says how flat it is. The rows are written in bulk (`tests.support.big_market`).
"""

import sys
import time
from pathlib import Path

from sqlalchemy.orm import Session

import wsgi
from core import factory
from core.config import from_environment
from tests.bench.lines import HttpLine, Load, closed_loop
from tests.bench.market import Places, get_request, is_ok
from tests.support import big_market
from tests.support.server import Server

SIZES = {"1k": 1_000, "100k": 100_000}
SELLERS = 2_000
QUESTIONS = {
    "words": "/search?q=che+moc+cau",
    "common": "/search?q=ch%C3%A8",
    "slip": "/search?q=mien+rong",
    "kind": "/kinds/na",
    "stock": "/kinds/na?in_stock=1&in_season=1",
    "price": "/kinds/gao?sort=price",
}
_WARM_S = 0.5


def markets(places: Places, database: str) -> dict[str, Server]:
    """A running market of each size on `database` (`sqlite` or `postgres`)."""
    return {size: _market(places, database, size) for size in SIZES}


def read(server: Server, path: str, seconds: float) -> Load:
    """One reader asks for one page again and again."""
    line = HttpLine(server.url)
    try:
        return closed_loop([line], seconds, lambda each: get_request(each, path), is_ok)
    finally:
        line.close()


def _market(places: Places, database: str, size: str) -> Server:
    url = places.postgres_url() if database == "postgres" else ""
    server = places.server(f"search-{database}-{size}", url)
    server.flask("prepare")
    _fill(server.data_dir, server.database_url, SIZES[size])
    server.start()
    for path in QUESTIONS.values():
        read(server, path, _WARM_S)
    return server


def _fill(data_dir: Path, url: str, listings: int) -> None:
    began = time.monotonic()
    app = factory.create_app(
        from_environment({"DATA_DIR": str(data_dir), "DATABASE_URL": url}), wsgi.WIRINGS
    )
    engine = app.extensions["write_engine"]
    with app.app_context(), Session(engine) as session:
        big_market.fill(session, min(SELLERS, listings), listings)
        session.commit()
        big_market.analyze(session)
        session.commit()
    engine.dispose()
    print(f"{listings} listings in {time.monotonic() - began:.0f} s", file=sys.stderr)
