"""A stall that sells meat by the kilo over the public doors, priced by the scales: what its desk does."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from catalog.modes import Mode
from core.db import db, write
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import bearer
from tests.support.stall import Stall
from tests.support.visitors import Buyer, new_client_id

KILO_VND = 300_000


@dataclass
class Butcher:
    """The stall with buffalo meat at 300.000 đ a kilo, five kilos of it, and its owner at the desk."""

    stall: Stall
    mode: Mode = Mode.ESTIMATE_THEN_SETTLE

    def __post_init__(self) -> None:
        with self.stall.app.app_context():
            self.meat = write(self._hang_up)

    def _hang_up(self, session: Session) -> str:
        meat = make_product(session, self.stall.seller, on_hand=5_000, name="Thịt trâu tươi")
        return make_listing(
            session,
            product_id=meat,
            price_vnd=KILO_VND,
            pack_size=1_000,
            unit_word="kg",
            mode=self.mode,
        )

    def bought(self, buyer: Buyer, **more: object) -> str:
        buyer.put_in_cart(self.meat, 2)
        code = str(buyer.order_cart(self.stall.seller, {"way": "pickup"}, **more)["code"])
        self.stall.bank_tells(code, 2 * KILO_VND)
        return code

    def line(self, code: str) -> str:
        query = text("SELECT id FROM order_lines WHERE order_code = :code")
        with self.stall.app.app_context():
            return str(db.session.execute(query, {"code": code}).scalar_one())

    def weigh(self, code: str, typed: str, packs: int = 2) -> TestResponse:
        """The form of the box, as the desk's page sends it."""
        fields = {"line_1": self.line(code), "place_1": 0, "packs_1": packs, "weight_1": typed}
        return self.post(f"/console/{self.stall.seller}/packing/{code}", **fields)

    def post(self, path: str, **fields: object) -> TestResponse:
        answer = self.stall.app.test_client().post(
            path,
            data={"client_id": new_client_id(), **fields},
            headers=bearer(self.stall.host.token),
        )
        self.stall.settle()
        return answer

    def ordered(self, buyer: Buyer, **delivery: object) -> str:
        buyer.put_in_cart(self.meat, 2)
        told = buyer.order_cart(self.stall.seller, delivery or {"way": "pickup"})
        self.stall.settle()
        return str(told["code"])

    def weigh_first(self, code: str, typed: str) -> TestResponse:
        """The form of the order's page at the desk, before the order is paid."""
        fields = {"line_1": self.line(code), "weight_1": typed}
        return self.post(f"/console/orders/{code}/weigh", **fields)

    def step(self, code: str, do: str) -> int:
        return self.post(f"/console/orders/{code}/step", do=do, reason="").status_code

    def desk(self, path: str) -> str:
        return self.stall.page(path, self.stall.host.token)
