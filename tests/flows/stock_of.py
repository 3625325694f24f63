"""Goods of the flow market that have a story: lots in several states, a stall, a run, a member's slip."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import stock
from catalog.growers import members
from catalog.growers.members import NewMember
from catalog.lots import record, returns, runs, states
from catalog.lots.record import NewHarvest
from catalog.lots.returns import Brought
from catalog.lots.runs import RunInput, RunOutput
from catalog.models import Listing, Lot
from catalog.stock import Carry, Word
from core import clock
from tests.factories.catalog import make_product, stock_id_of
from tests.flows.market import Market

ACTOR = "p:somebody"


def fill(market: Market) -> None:
    """Write the story down, for both sellers where somebody must not see the other's."""
    market.change(lambda session: _fill(market, session))
    market.settle()


def _fill(market: Market, session: Session) -> None:
    ids, seller = market.ids, market.ids["seller"]
    ids["leaf"] = make_product(session, seller, name="Chè tươi", kind="che_tuoi")
    ids["foreign_leaf"] = make_product(session, ids["foreign_seller"], name="Chè tươi")
    ids["grower"] = members.add(session, seller, NewMember("Hoàng Thị Mận"))
    for name in ("lot", "second_lot", "blocked_lot", "empty_lot"):
        ids[name] = _harvest(session, seller, ids["leaf"], ids["grower"])
    ids["foreign_lot"] = _harvest(session, ids["foreign_seller"], ids["foreign_leaf"], None)
    ids["stock_row"] = stock_id_of(session, ids["leaf"])
    ids["foreign_row"] = stock_id_of(session, ids["foreign_leaf"])
    states.block(session, seller, ids["blocked_lot"], ACTOR, "thử")
    stock.spoil(session, ids["stock_row"], ids["empty_lot"], 60_000, Word(ACTOR, "mốc"))
    ids["store"] = stock.store_of(session, seller)
    ids["point"] = stock.open_point(session, seller, "stall", "Quầy chợ")
    ids["foreign_point"] = stock.open_point(session, ids["foreign_seller"], "stall", "Quầy chợ")
    _carry_to_the_stall(session, ids["listing"], ids["point"])
    _sell_and_take_back(session, market)
    ids["run"] = runs.process(
        session,
        seller,
        [RunInput(ids["second_lot"], 10_000)],
        [RunOutput(ids["leaf"], 2000, "khô")],
        ACTOR,
    ).id


def _sell_and_take_back(session: Session, market: Market) -> None:
    """A kilo of a lot sold at the stall; half of it came back and waits for a look."""
    ids, seller = market.ids, market.ids["seller"]
    ids["sold_lot"] = _harvest(session, seller, ids["leaf"], None)
    carry = Carry(ids["sold_lot"], 1000, ids["stock_row"], ids["point"])
    row = stock.transfer(session, carry, Word(ACTOR))
    stock.sell(session, row, 1000, "stall:1", Word(ACTOR))
    brought = Brought(ids["sold_lot"], 500, "CP12")
    ids["returned_lot"] = returns.take_in(session, seller, brought, Word(ACTOR, "rách gói"))


def _carry_to_the_stall(session: Session, listing_id: str, point_id: str) -> None:
    """Two kilos of what a listing sells."""
    product_id = session.get_one(Listing, listing_id).product_id
    lot_id = session.scalars(select(Lot.id).where(Lot.product_id == product_id)).one()
    carry = Carry(lot_id, 2000, stock_id_of(session, product_id), point_id)
    stock.transfer(session, carry, Word(ACTOR))


def _harvest(session: Session, seller: str, leaf: str, grower: str | None) -> str:
    new = NewHarvest(leaf, 60_000, clock.today(), grower)
    return record.record(session, seller, new, ACTOR)
