"""What the flow market has for the price board: a listing with a past, a draft that is whole, an officer."""

from sqlalchemy.orm import Session

from catalog import drafts, market_prices, prices, products
from catalog.freshness import Rule, set_rule
from catalog.listings import get
from catalog.market_prices import NewEntry
from catalog.units import UnitWord
from core import clock
from core.identity import logins, officers
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login, new_phone
from tests.flows.market import Market

TEA = {
    "name": "Chè móc câu vụ thu",
    "unit_word": "gói",
    "pack": "200",
    "pack_unit": "g",
    "price": "65k",
    "quantity": "10",
    "quantity_unit": "kg",
}


def fill(market: Market) -> None:
    """Make them; everything with an id is seller A's or the officer's."""
    market.change(lambda session: _goods(market, session))
    market.change(lambda session: _officer(market, session))
    market.settle()


def _goods(market: Market, session: Session) -> None:
    ids = market.ids
    seller = ids["seller"]
    login = logins.resolve(session, market.tokens["staff_a"])
    assert login is not None
    assert login.person_id is not None
    ids["priced_listing"] = make_listing(session, seller)
    product = get(session, ids["priced_listing"]).product_id
    ids["price"] = prices.set_price(session, seller, ids["priced_listing"], 70_000, login.actor)
    products.add_unit(session, seller, product, UnitWord("thùng", 5000))
    set_rule(session, seller, product, Rule(9, 30))
    ids["draft"] = drafts.start(session, seller, login.person_id)
    drafts.save(session, seller, ids["draft"], TEA)


def _officer(market: Market, session: Session) -> None:
    person = officers.name(session, new_phone(), "Phòng Kinh tế xã")
    market.tokens["officer"], login = make_login(session, person)
    today = clock.today()
    entry = NewEntry("che_tuoi", "", 32_000, today, "Chợ Tân Cương")
    market.ids["entry"] = market_prices.add_entry(session, entry, login.actor)
