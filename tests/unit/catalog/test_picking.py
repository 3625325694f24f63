"""What a packer reaches for, and the lot in hand that serves first."""

from datetime import timedelta

from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import record
from catalog.lots.record import NewHarvest
from catalog.models import Product
from core import clock
from tests.factories.catalog import keep, make_product

ORDER = "order:A"


def harvest(session: Session, product: str, quantity: int, days_ago: int) -> str:
    seller = stock_seller(session, product)
    day = clock.today() - timedelta(days=days_ago)
    return record.record(session, seller, NewHarvest(product, quantity, day), "p:packer")


def stock_seller(session: Session, product: str) -> str:
    found = session.get_one(Product, product)
    return found.seller_id


def allocated(session: Session, product: str, quantity: int) -> str:
    hold = keep(session, product, quantity, ORDER)
    stock.allocate_holder(session, ORDER)
    return hold


def test_the_oldest_lot_serves_when_no_other_is_in_hand(session: Session) -> None:
    tea = make_product(session, name="Chè")
    old, _new = harvest(session, tea, 500, 5), harvest(session, tea, 500, 1)
    allocated(session, tea, 400)
    assert stock.bind_holder(session, ORDER, clock.today()) == 0
    assert [(one.lot_id, one.quantity) for one in stock.bound_to(session, ORDER)] == [(old, 400)]


def test_the_lot_in_hand_serves_first_and_the_oldest_gives_the_rest(session: Session) -> None:
    tea = make_product(session, name="Chè")
    old, new = harvest(session, tea, 500, 5), harvest(session, tea, 300, 1)
    hold = allocated(session, tea, 400)
    assert stock.bind_holder(session, ORDER, clock.today(), {hold: new}) == 0
    served = {one.lot_id: one.quantity for one in stock.bound_to(session, ORDER)}
    assert served == {new: 300, old: 100}


def test_a_lot_wished_for_that_is_not_there_changes_nothing(session: Session) -> None:
    tea = make_product(session, name="Chè")
    old = harvest(session, tea, 500, 5)
    hold = allocated(session, tea, 400)
    assert stock.bind_holder(session, ORDER, clock.today(), {hold: "elsewhere0000000"}) == 0
    assert {one.lot_id for one in stock.bound_to(session, ORDER)} == {old}


def test_what_is_to_be_picked_names_the_row_and_what_is_free_there(session: Session) -> None:
    tea = make_product(session, name="Chè")
    lot = harvest(session, tea, 500, 5)
    hold = allocated(session, tea, 400)
    (pick,) = stock.to_pick(session, [ORDER, "order:B"])
    assert (pick.hold_id, pick.product_id, pick.quantity, pick.ahead) == (hold, tea, 400, False)
    assert [
        (one.id, one.free) for one in stock.free_at(session, [pick.stock_id])[pick.stock_id]
    ] == [(lot, 500)]
    stock.bind_holder(session, ORDER, clock.today())
    assert stock.free_at(session, [pick.stock_id])[pick.stock_id][0].free == 100
    assert stock.bound_of(session, [ORDER])[hold][0].quantity == 400
