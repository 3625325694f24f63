"""What the money scenarios ask of a stall: its pages as they stand, its QR by another reader, its books."""

import io
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from PIL import Image
from sqlalchemy import text
from werkzeug.test import TestResponse

from core.clock import VIETNAM
from core.db import db, write
from payments.ledger import posting
from tests.factories.catalog import make_listing, make_product
from tests.factories.identity import bearer
from tests.support.emv import fields_of
from tests.support.pictures import read_qr
from tests.support.stall import PACK_G, Stall
from tests.support.visitors import Buyer, Json, new_client_id

_PAYMENT = re.compile(
    r'name="payment" value="(\w+)"[^>]*?( checked)?>.*?<b>(CP\w{8})</b>', re.DOTALL
)


@dataclass(frozen=True)
class Scene:
    """A stall, its owner's desk, and the bank that tells of transfers at the stall's own time."""

    stall: Stall

    def goods(self, price_vnd: int, packs: int = 10) -> str:
        """A listing of so many packs at a price."""
        with self.stall.app.app_context():
            return write(
                lambda session: make_listing(
                    session,
                    product_id=make_product(session, self.stall.seller, on_hand=packs * PACK_G),
                    price_vnd=price_vnd,
                )
            )

    def ordered(self, buyer: Buyer, listing: str, packs: int) -> Json:
        """An order to be picked up, as its buyer sees it."""
        buyer.put_in_cart(listing, packs)
        return buyer.order(str(buyer.order_cart(self.stall.seller)["code"]))

    def tells(self, said: str, amount_vnd: int, **more: str) -> bytes:
        """The bank tells of money that came now."""
        now = datetime.fromtimestamp(self.stall.time.at_ms / 1000, VIETNAM)
        return self.stall.bank_tells(said, amount_vnd, at=f"{now:%Y-%m-%d %H:%M:%S}", **more)

    def get(self, path: str, token: str = "") -> TestResponse:
        """What a path of ours answers, marks and all."""
        here = path.removeprefix(str(self.stall.app.config["SETTINGS"].public_url))
        return self.stall.app.test_client().get(here, headers=bearer(token) if token else {})

    def desk(self, path: str) -> str:
        """The words on a page of the stall's desk."""
        return self.stall.page(f"/console/{path}", self.stall.host.token)

    def post(self, path: str, **fields: object) -> int:
        """The owner sends a form of the desk; its status."""
        form = {"client_id": new_client_id(), **fields}
        headers = bearer(self.stall.host.token)
        answer = self.stall.app.test_client().post(f"/console/{path}", data=form, headers=headers)
        self.stall.settle()
        return answer.status_code

    def waiting_line(self) -> str:
        """The path of the one line that waits for a person."""
        path = f"/console/{self.stall.seller}/money/inbox"
        lines = set(re.findall(r"money/lines/(\w+)", self.get(path, self.stall.host.token).text))
        assert len(lines) == 1
        return f"{self.stall.seller}/money/lines/{lines.pop()}"

    def offered(self, line: str) -> dict[str, tuple[str, bool]]:
        """What a line's page offers: by order code the payment, and whether it is ticked beforehand."""
        page = self.get(f"/console/{line}", self.stall.host.token).text
        return {code: (payment, bool(ticked)) for payment, ticked, code in _PAYMENT.findall(page)}

    def books(self) -> dict[str, int]:
        """What stands in the stall's ledger by account, debit positive; its bank account is `bank`."""
        sums: Counter[str] = Counter()
        with self.stall.app.app_context():
            for one in posting.balances(db.session(), self.stall.seller):
                sums[one.account.partition(":")[0]] += one.amount_vnd
        return {account: vnd for account, vnd in sums.items() if vnd}

    def digest(self) -> str:
        """The fingerprint of the stall's ledger."""
        with self.stall.app.app_context():
            return posting.digest(db.session(), self.stall.seller)

    def told(self, code: str) -> set[str]:
        """The kinds of the notices about an order."""
        query = text("SELECT kind FROM notices WHERE facts LIKE :code")
        with self.stall.app.app_context():
            return set(db.session.scalars(query, {"code": f"%{code}%"}))


def qr_of(scene: Scene, order: Json) -> dict[str, str]:
    """The fields of the order's QR picture, read by another program; its text is what the API tells."""
    picture = scene.get(order["url"].replace("?k=", "/qr.png?k="))
    read = read_qr(Image.open(io.BytesIO(picture.data)).convert("L"))
    assert read == order["qr_payload"]
    return fields_of(read)


def token_of(scene: Scene, receipt_url: str) -> str:
    """What is signed in the QR picture of a receipt."""
    picture = scene.get(f"{receipt_url}/qr.png")
    return read_qr(Image.open(io.BytesIO(picture.data)).convert("L")).partition("#")[2]
