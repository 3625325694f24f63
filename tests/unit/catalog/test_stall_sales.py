"""Sales by hand at a stall: off the book once, oldest lots first, never more than is there."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings, stall_sales, stock
from catalog.models import Lot, Movement
from catalog.stall_sales import StallLine, StallSale
from catalog.stock import Carry, Word
from core.clock import FixedClock
from core.errors import NotFound, OutOfStock
from tests.factories.catalog import make_listing, stock_id_of
from tests.factories.identity import make_seller


@dataclass(frozen=True)
class Stall:
    """A stall with two kilos of what a listing sells; three more are in the store."""

    session: Session
    seller: str
    listing: str
    point: str

    def sell(self, *lines: tuple[str, int], took_vnd: int = 65_000) -> str:
        wanted = [StallLine(listing, quantity) for listing, quantity in lines]
        sale = StallSale(self.point, wanted, took_vnd, 1_795_600_000_000)
        return stall_sales.sell(self.session, self.seller, sale, "p:somebody")


@pytest.fixture
def stall(session: Session, time_at: FixedClock) -> Stall:
    seller = make_seller(session)
    listing = make_listing(session, seller, on_hand=5000)
    product = listings.get(session, listing).product_id
    lot = session.scalars(select(Lot.id).where(Lot.product_id == product)).one()
    point = stock.open_point(session, seller, "stall", "Quầy chợ")
    carry = Carry(lot, 2000, stock_id_of(session, product), point)
    stock.transfer(session, carry, Word())
    return Stall(session, seller, listing, point)


def test_a_sale_leaves_the_stall_and_is_written_down(stall: Stall) -> None:
    name = stall.sell((stall.listing, 400), took_vnd=130_000)
    moved = stall.session.scalars(select(Movement).where(Movement.holder == name)).one()
    assert (moved.kind, moved.quantity, moved.actor) == ("sell", -400, "p:somebody")
    assert moved.reason.endswith("thu 130.000 đ")
    with pytest.raises(OutOfStock) as refusal:
        stall.sell((stall.listing, 1800))
    told = refusal.value.data
    assert (told["left"], told["unit"], told["left_words"]) == (1600, "g", "8 gói (1,6 kg)")
    assert f"chỉ còn 8 gói (1,6 kg) {told['name']}" in refusal.value.text()


def test_the_store_keeps_what_web_and_live_sell(stall: Stall) -> None:
    stall.sell((stall.listing, 2000))
    product = listings.get(stall.session, stall.listing).product_id
    assert stock.levels(stall.session, [product])[product].available == 3000


def test_a_sale_of_two_things_is_whole_or_not_at_all(stall: Stall) -> None:
    nothing = make_listing(stall.session, stall.seller, on_hand=0)
    before = len(stall.session.scalars(select(Movement.id)).all())
    with pytest.raises(OutOfStock), stall.session.begin_nested():
        stall.sell((stall.listing, 200), (nothing, 200))
    assert len(stall.session.scalars(select(Movement.id)).all()) == before


def test_what_others_sell_is_unknown(stall: Stall) -> None:
    theirs = make_listing(stall.session, on_hand=1000)
    with pytest.raises(NotFound):
        stall.sell((theirs, 200))
