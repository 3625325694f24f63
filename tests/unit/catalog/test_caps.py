"""How much of a coming harvest may be ordered, moved while it is open."""

import pytest
from sqlalchemy.orm import Session

from catalog import caps, forecasts, listings, stock
from catalog.caps import CapBelowPromised, PromisedAhead
from catalog.forecasts import CapBelowPack, ForecastOver
from core import clock, fsck
from core.errors import NotFound, OutOfStock
from core.quantity import BadQuantity
from tests.factories.catalog import HOUR_MS, make_listing
from tests.factories.identity import make_seller
from tests.factories.offers import make_forecast

ACTOR = "p:keeper"


class Field:
    """A seller who sells up to 2 kg ahead in packs of 200 g."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.seller = make_seller(session)
        self.listing = make_listing(session, self.seller, on_hand=0)
        self.product = listings.get(session, self.listing).product_id
        self.forecast = make_forecast(session, self.seller, 2_000, self.listing)

    def order(self, holder: str, packs: int, lasts_ms: int = HOUR_MS) -> None:
        until = clock.now_ms() + lasts_ms
        asked = stock.HoldRequest(self.product, packs * 200, holder, until, self.forecast, 200)
        stock.hold_all(self.session, [asked])

    def cap(self, quantity: int) -> None:
        caps.change_cap(self.session, self.seller, self.forecast, quantity, ACTOR)

    @property
    def left(self) -> int:
        return listings.get(self.session, self.listing).available_packs


@pytest.fixture
def field(session: Session) -> Field:
    return Field(session)


def test_a_higher_cap_lets_more_be_ordered_and_no_more(field: Field) -> None:
    field.order("box:A", 10)
    field.cap(2_400)
    field.order("box:B", 2)
    with pytest.raises(OutOfStock):
        field.order("box:C", 1)
    assert forecasts.get(field.session, field.seller, field.forecast).cap == 2_400
    assert [one for verdict in fsck.run_all(field.session) for one in verdict.problems] == []


def test_a_lower_cap_stops_at_what_is_promised(field: Field) -> None:
    field.order("box:A", 4)
    field.order("box:B", 2)
    stock.allocate_holder(field.session, "box:A")
    with pytest.raises(CapBelowPromised) as refusal:
        field.cap(1_199)
    assert refusal.value.data == {"promised": 1_200}
    field.cap(1_200)
    assert field.left == 0
    assert caps.promised(field.session, field.forecast) == PromisedAhead(800, 1, 400, 1)


def test_what_ran_out_unpaid_is_not_promised(field: Field) -> None:
    field.order("box:A", 6, lasts_ms=-1)
    assert caps.promised(field.session, field.forecast) == PromisedAhead(0, 0, 0, 0)
    field.cap(200)
    assert field.left == 1


@pytest.mark.parametrize("cap", [0, -1, 10**12 + 1])
def test_a_cap_stays_some_quantity(field: Field, cap: int) -> None:
    with pytest.raises(BadQuantity):
        field.cap(cap)


def test_a_cap_stays_a_pack_or_more(field: Field) -> None:
    with pytest.raises(CapBelowPack):
        field.cap(199)


def test_only_its_seller_moves_it_and_only_while_it_is_open(field: Field) -> None:
    with pytest.raises(NotFound):
        caps.change_cap(field.session, make_seller(field.session), field.forecast, 1_000, ACTOR)
    forecasts.settle(field.session, field.seller, field.forecast, 0, ACTOR)
    with pytest.raises(ForecastOver):
        field.cap(3_000)
