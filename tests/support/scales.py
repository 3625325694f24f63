"""A butcher's stand: meat by the kilo at 300.000 đ, priced by the scales, and a packing table for tests."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.modes import Mode
from shop import orders
from shop.models import OrderLine
from shop.ordering import fulfilment
from shop.orders import PlaceLine, PlaceOrder
from shop.packing import packing, scales
from shop.packing.packing import BoxDone, LineDone, PartDone
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import make_login
from tests.factories.payments import pay
from tests.factories.shop import PICK_UP, buyer_of
from tests.support.order_desk import Desk

KILO_VND = 300_000
PACKER = "p:packer"


class Scales(Desk):
    """A stand that sells buffalo meat by the kilo, five of them on the shelf."""

    def __init__(self, session: Session, mode: Mode = Mode.ESTIMATE_THEN_SETTLE) -> None:
        super().__init__(session)
        seller = self.stand.seller_id
        self.meat = make_product(session, seller, on_hand=5_000, name="Thịt trâu tươi")
        self.listing = make_listing(
            session,
            product_id=self.meat,
            price_vnd=KILO_VND,
            pack_size=1_000,
            unit_word="kg",
            mode=mode,
        )

    def ordered(self, kilos: int = 2, *more: PlaceLine, if_differs: str = "settle") -> str:
        line = PlaceLine(self.listing, kilos, KILO_VND)
        wanted = PlaceOrder(
            self.stand.seller_id,
            buyer_of(make_login(self.session)[1]),
            "web",
            PICK_UP,
            (line, *more),
            if_differs=if_differs,
        )
        return orders.place(self.session, wanted)

    def bought(self, kilos: int = 2, if_differs: str = "settle") -> str:
        code = self.ordered(kilos, if_differs=if_differs)
        pay(self.session, self.stand.till, code, kilos * KILO_VND)
        orders.secure(self.session, code)
        self.session.flush()
        return code

    def box(self, code: str, weighed: int, packs: int | None = None) -> BoxDone:
        query = select(OrderLine).where(OrderLine.order_code == code, OrderLine.packs > 0)
        lines = self.session.scalars(query.order_by(OrderLine.position)).all()
        done = []
        for line in lines:
            mine = line.listing_id == self.listing
            part = PartDone(0, weighed=weighed if mine else 0)
            done.append(
                LineDone(line.id, packs if mine and packs is not None else line.packs, (part,))
            )
        return BoxDone(code, tuple(done), "hết thịt")

    def pack(self, code: str, weighed: int, packs: int | None = None) -> None:
        packing.pack(self.session, self.stand.seller_id, self.box(code, weighed, packs), PACKER)
        self.session.flush()

    def leaves(self, code: str) -> None:
        fulfilment.hand_over(self.session, code, PACKER)
        scales.give_away(self.session, code)
        self.session.flush()
