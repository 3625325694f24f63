"""At five thousand listings: pages cost a fixed number of queries, and each uses an index."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

import wsgi
from catalog import browse
from catalog.search import Wanted
from catalog.search.wanted import Sort
from core import factory
from tests.support import big_market
from tests.support.databases import settings_for

LISTINGS = 5_000
QUESTIONS = {
    "everything": Wanted(),
    "a word": Wanted("chè"),
    "words": Wanted("che moc cau"),
    "a beginning": Wanted("m"),
    "a rare word": Wanted("matcha vu moi"),
    "a kind": Wanted(kind="na"),
    "a commune": Wanted(commune="05443"),
    "a kind in a commune": Wanted(kind="na", commune="05443"),
    "in season and stock": Wanted("na", in_season=True, in_stock=True),
    "a month of a harvest": Wanted("na", month=8),
    "a word within a seller": Wanted("chè", seller="s000007"),
    "a seller": Wanted(seller="s000007"),
    "papers": Wanted("chè", paper="ocop"),
    "a place of old": Wanted("che dai tu"),
    "the whole province": Wanted("thai nguyen"),
    "a paper in words": Wanted("chè ocop 4 sao"),
    "an amount": Wanted("moc cau 200g"),
    "cheapest of everything": Wanted(sort=Sort.PRICE),
    "cheapest of a kind": Wanted(kind="gao", sort=Sort.PRICE),
    "between prices": Wanted("gạo", per_from_vnd=10_000, per_to_vnd=90_000),
}
MOST_QUERIES = 10
SEARCHED = ("search_rows", "search_words")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def market(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Session]:
    """Two hundred sellers with five thousand listings."""
    folder = tmp_path_factory.mktemp("market")
    if request.param == "sqlite":
        url = request.getfixturevalue("sqlite_template").copy_to(folder)
    else:
        url = request.getfixturevalue("postgres").new_database()
    app = factory.create_app(settings_for(folder, url), wsgi.WIRINGS)
    engine = app.extensions["write_engine"]
    with app.app_context(), Session(engine) as session:
        big_market.fill(session, 200, LISTINGS)
        big_market.analyze(session)
        session.commit()
        if (
            request.param == "postgresql"
        ):  # disks without moving parts, as docs/operations.md has it
            session.execute(text("SET random_page_cost = 1.1"))
        yield session
        session.rollback()
    engine.dispose()


class Asked:
    """The statements sent while it listens, with their parameters."""

    def __init__(self, session: Session) -> None:
        self.engine = session.get_bind()
        self.sent: list[tuple[str, object]] = []

    def __enter__(self) -> "Asked":
        event.listen(self.engine, "before_cursor_execute", self._note)
        return self

    def __exit__(self, *_error: object) -> None:
        event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(
        self, _conn: object, _cursor: object, statement: str, values: object, *_: object
    ) -> None:
        self.sent.append((statement, values))


def plan(session: Session, statement: str, values: object) -> str:
    """How the database would answer a statement."""
    explain = "EXPLAIN QUERY PLAN " if session.get_bind().dialect.name == "sqlite" else "EXPLAIN "
    rows = session.connection().exec_driver_sql(explain + statement, values)  # type: ignore[arg-type]
    return "\n".join(str(row[-1]) for row in rows)


def read_whole(plan_text: str) -> list[str]:
    """The lines of a plan on which the searched tables are read from end to end."""
    whole = [line for line in plan_text.splitlines() if "Seq Scan on search" in line]
    return whole + [
        line
        for line in plan_text.splitlines()
        if line.startswith("SCAN search_rows") and "INDEX" not in line
    ]


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_search_reads_no_table_from_end_to_end(market: Session, name: str) -> None:
    with Asked(market) as asked:
        browse.results(market, QUESTIONS[name])
    looked = [each for each in asked.sent if any(table in each[0] for table in SEARCHED)]
    plans = [plan(market, *each) for each in looked]
    assert looked
    assert [line for one in plans for line in read_whole(one)] == [], plans


def test_a_search_without_the_index_would_be_seen(market: Session) -> None:
    """The control: the same table asked by a word inside a text."""
    found = plan(market, "SELECT number FROM search_rows WHERE name_folded = 'che'", ())
    assert read_whole(found)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_search_costs_the_same_few_queries_however_much_it_finds(
    market: Session, name: str
) -> None:
    with Asked(market) as asked:
        first = browse.results(market, QUESTIONS[name])
    assert len(asked.sent) <= MOST_QUERIES, [statement for statement, _ in asked.sent]
    if first.after:
        with Asked(market) as asked:
            browse.results(market, QUESTIONS[name], first.after)
        assert len(asked.sent) <= MOST_QUERIES


def test_page_after_page_shows_each_listing_once(market: Session) -> None:
    wanted, seen, after = Wanted(kind="na"), list[str](), None
    while True:
        page = browse.page(market, wanted, after, 60)
        seen += [item.id for item in page.items]
        after = page.after
        if after is None:
            break
    there = market.execute(text("SELECT listing_id FROM search_rows WHERE kind = 'na'"))
    assert sorted(seen) == sorted(row[0] for row in there)


def test_page_after_page_the_cheapest_come_first(market: Session) -> None:
    wanted, prices, after = Wanted(sort=Sort.PRICE, kind="gao"), list[int](), None
    for _ in range(3):
        page = browse.page(market, wanted, after, 60)
        prices += [item.price_vnd * 1000 // item.pack_size for item in page.items]
        after = page.after
    assert len(prices) > 100
    assert prices == sorted(prices)


def test_a_number_is_counted_and_a_crowd_is_not(market: Session) -> None:
    assert browse.page(market, Wanted("matcha vu moi")).count is not None
    assert browse.page(market, Wanted()).count == browse.RANKED_TOGETHER + 1
