"""Offers of the flow market beside plain packs: a combo, a harvest sold ahead, and a lot to recall."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.models import Lot
from core import clock
from shop.ordering.order_facts import reference_of
from tests.factories.catalog import make_listing
from tests.factories.offers import make_combo, make_forecast
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Make them, for seller A; its paid order is bound to the lot."""
    market.change(lambda session: _fill(market, session))
    market.settle()


def _fill(market: Market, session: Session) -> None:
    ids, seller = market.ids, market.ids["seller"]
    ids["combo"] = make_combo(session, seller, **{ids["second_listing"]: 1, ids["listing"]: 1})
    ids["ahead_listing"] = make_listing(session, seller, on_hand=0)
    ids["forecast"] = make_forecast(session, seller, 2_000, ids["ahead_listing"])
    ids["plain_listing"] = make_listing(session, seller, on_hand=1_000)
    order = reference_of(ids["paid_code"])
    stock.bind_holder(session, order, clock.today())
    (bound,) = stock.bound_to(session, order)
    ids["recall_lot"] = session.scalars(select(Lot.id).where(Lot.id == bound.lot_id)).one()
