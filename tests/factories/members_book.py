"""A cooperative with a pool of two members' tea, for tests of the members' book."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import stock
from catalog.lots import runs
from catalog.lots.runs import RunInput
from payments.payouts import book
from shop.members_book import booking, terms
from shop.members_book.booking import payee_of
from shop.ordering import fulfilment
from shop.ordering.order_facts import reference_of
from tests.factories.catalog import make_listing, make_product
from tests.factories.lots import ACTOR, make_lot, make_member
from tests.factories.payments import make_till
from tests.factories.shop import PRICE_VND, Stand, make_ways, pack, paid_order

BOSS = "p:manager"


@dataclass(frozen=True)
class Pool:
    """A stand of one kilo of tea: 600 g of member A, 400 g of member B, pooled."""

    stand: Stand
    a: str
    b: str

    @property
    def seller_id(self) -> str:
        return self.stand.seller_id

    def owed(self, session: Session) -> tuple[int, int]:
        """What A and B are owed now, in đồng."""
        return owed(session, self.seller_id, self.a), owed(session, self.seller_id, self.b)


def owed(session: Session, seller_id: str, member: str) -> int:
    """What a member is owed by the book, in đồng."""
    return book.owed(session, seller_id, payee_of(member))


def make_pool(session: Session, mode: str = terms.SHARE_OF_SALE) -> Pool:
    """A cooperative whose book begins before its pool of 600 g and 400 g; packs of 200 g."""
    till = make_till(session)
    seller = till.seller_id
    make_ways(session, seller)
    terms.set_mode(session, seller, mode, 0, BOSS)
    product = make_product(session, seller)
    a, b = make_member(session, seller, "Hoàng Thị Mai"), make_member(session, seller, "Lý Thị Lan")
    lots = [
        make_lot(session, seller, product, much, member_id=member)
        for member, much in ((a, 600), (b, 400))
    ]
    inputs = [RunInput(lots[0], 600), RunInput(lots[1], 400)]
    runs.merge(session, seller, inputs, ACTOR)
    listing = make_listing(session, product_id=product, price_vnd=PRICE_VND)
    return Pool(Stand(till, product, listing), a, b)


def sell(session: Session, pool: Pool, packs: int) -> str:
    """An order that was paid, packed and handed over, and stands in the book; its code."""
    code = pack(session, paid_order(session, pool.stand, packs))
    fulfilment.hand_over(session, code, ACTOR)
    booking.settle_order(session, code)
    return code


def bring_back(session: Session, code: str) -> None:
    """The whole order comes back, and its money goes back."""
    fulfilment.take_back(session, code, ACTOR, "khách đổi ý")
    booking.settle_order(session, code)


def lots_of(session: Session, code: str) -> set[str]:
    """The lots an order was served from."""
    return {one.lot_id for one in stock.bound_to(session, reference_of(code))}
