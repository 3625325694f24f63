"""Demo of the members' book: one cooperative keeps it, two of its sales were delivered and paid in cash.

`flask demo day` opens another one: members who are owed, one list the bank ran and one that waits. The
accounts are at the demo bank, which is none.
"""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.growers import members
from catalog.growers.members import MemberFacts
from catalog.listings import ListingFacts
from core import clock
from core.db import db, write
from core.identity import people, sellers
from payments.payouts import accounts, book, lists, paying
from payments.payouts.accounts import NewAccount
from payments.payouts.book import Recorded
from shop import orders
from shop.delivery.ways import PICKUP
from shop.members_book import booking, paylist, terms
from shop.members_book.booking import payee_of
from shop.members_book.models import BookTerms
from shop.ordering import fulfilment, securing
from shop.orders import Buyer, DeliveryChoice, PlaceLine, PlaceOrder

_SELLER = "HTX Hương Bản Định Hóa"
_ACTOR = "demo"
_BUYERS = (("Chị Đào (demo)", "+84900000131", 2), ("Anh Kiên (demo)", "+84900000132", 1))
_RATES = (("packing", 500), ("fund", 200))
_ADVANCE_VND = 50_000
_YEAR_MS = 365 * 86_400_000
_KINDS = 4
_CLERK = "flask demo"
_BANK = "Ngân hàng Thử nghiệm (DEMO)"
_EXTRAS_VND = (420_000, 365_000, 180_000)
_FOR_MANURE_VND = 150_000


@dataclass(frozen=True)
class ListPaid:
    """What the bank's line of a list says, and its sum (đồng)."""

    text: str
    total_vnd: int


def load(session: Session) -> None:
    """Open the book of one demo cooperative with two sales and an advance, unless there is any book."""
    if session.scalar(select(BookTerms.id).limit(1)) is not None:
        return
    named = [one for one in sellers.all_sellers(session) if one.demo and one.name == _SELLER]
    for seller in named:
        terms.set_mode(session, seller.id, terms.SHARE_OF_SALE, clock.now_ms() - _YEAR_MS, _ACTOR)
        for kind, rate in _RATES:
            terms.set_rate(session, seller.id, kind, rate, _ACTOR)
        goods = _goods(session, seller.id)
        for buyer in _BUYERS if goods else ():
            _sell(session, goods, *buyer)
        _advance(session, seller.id)


def open_book(seller_id: str) -> None:
    """Have what is sold from now on shared among those whose harvest it was."""
    write(
        partial(
            terms.set_mode,
            seller_id=seller_id,
            mode=terms.SHARE_OF_SALE,
            from_ms=clock.now_ms(),
            actor=_CLERK,
        )
    )


def pay_members(seller_id: str) -> ListPaid | None:
    """Owe some members money, list the first for the bank, then another; None where there are no two."""
    today = clock.today()
    found = [one for one in members.of_seller(db.session(), seller_id) if one.belongs_on(today)]
    chosen = found[: len(_EXTRAS_VND)]
    for member, extra_vnd in zip(chosen, _EXTRAS_VND, strict=False):
        _record(member, "extra", extra_vnd, "Công hái, công sao chè")
    if len(chosen) < 2:
        return None
    _record(chosen[0], "advance", _FOR_MANURE_VND, "Ứng trước tiền phân bón")
    first, *_ = [_listed(seller_id, place, member) for place, member in enumerate(chosen[:2])]
    run = write(partial(lists.run, seller_id=seller_id, run_id=first))
    return ListPaid(f"{run.code} tra tien xa vien", run.total_vnd)


def _record(member: MemberFacts, kind: str, amount_vnd: int, what: str) -> None:
    said = Recorded(payee_of(member.id), kind, amount_vnd, what, clock.now_ms())
    write(partial(book.record, seller_id=member.seller_id, said=said, actor=_CLERK))


def _listed(seller_id: str, place: int, member: MemberFacts) -> str:
    """An account for the member, and a list with them alone; its id."""
    account = NewAccount(payee_of(member.id), _BANK, f"99990000{place}", member.name)
    write(partial(accounts.put, seller_id=seller_id, new=account, actor=_CLERK))
    wanted = paylist.chosen(db.session(), seller_id, {member.id})
    return write(partial(paying.draft, seller_id=seller_id, wanted=wanted, actor=_CLERK))


def _goods(session: Session, seller_id: str) -> list[ListingFacts]:
    """One listing of each of a few products that are counted in grams."""
    offered = [one for one in listings.of_seller(session, seller_id) if one.base_unit == "g"]
    return list({one.product_id: one for one in offered}.values())[:_KINDS]


def _sell(session: Session, goods: list[ListingFacts], name: str, phone: str, packs: int) -> None:
    buyer = Buyer(people.find_or_create(session, phone, name), None, name, phone)
    lines = tuple(PlaceLine(one.id, packs, one.price_vnd) for one in goods)
    wanted = PlaceOrder(goods[0].seller_id, buyer, "web", DeliveryChoice(PICKUP), lines)
    code = orders.place(session, wanted)
    securing.secure_by(session, code, "cod", _ACTOR)
    fulfilment.pack(session, code, _ACTOR)
    fulfilment.hand_over(session, code, _ACTOR)
    fulfilment.deliver(session, code, _ACTOR)
    securing.take_cash(session, code, _ACTOR)
    booking.settle_order(session, code)


def _advance(session: Session, seller_id: str) -> None:
    first = next((one for one in members.of_seller(session, seller_id) if one.phone), None)
    if first is not None:
        payee = booking.payee_of(first.id)
        said = Recorded(payee, "advance", _ADVANCE_VND, "Tiền giống vụ mùa", clock.now_ms())
        book.record(session, seller_id, said, _ACTOR)
