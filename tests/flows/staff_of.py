"""What seller A and its buyers have beside: an order typed in, vouchers, goods delivered, a review."""

from dataclasses import replace

from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.identity import logins
from payments import payments
from payments.refunds import owed
from shop import orders
from shop.invoices import asking
from shop.invoices.asking import Wanted
from shop.ordering import fulfilment
from shop.ordering.order_facts import reference_of
from shop.refunds import surplus
from shop.reliability import appeals, noting
from shop.reliability.noting import LeftClaim
from shop.reviews import reviews
from shop.reviews.reviews import NewReview
from shop.staff import staff_orders
from shop.staff.staff_orders import StaffLine, StaffOrder
from shop.vouchers import offering
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import SUM, Worth
from tests.factories.identity import new_phone
from tests.factories.payments import pay
from tests.factories.refunds import bank_sends, begin, give_account
from tests.factories.shop import PICK_UP, PRICE_VND, Stand, make_order, pack
from tests.flows.market import Market

_WEEK_MS = 7 * 86_400_000


def fill(market: Market) -> None:
    """Add them to the market."""
    market.change(lambda session: _orders(market, session))
    market.change(lambda session: _vouchers(market, session))
    market.change(lambda session: _delivered(market, session))
    market.change(lambda session: _left_a_claim(market, session))
    market.settle()
    market.change(lambda session: _review(market, session))
    market.change(lambda session: _invoice(market, session))
    market.change(lambda session: _refund(market, session))
    market.change(lambda session: _on_top(market, session))
    market.settle()


def _left_a_claim(market: Market, session: Session) -> None:
    """The buyer did not come for one claim, and has said why."""
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    assert login.person_id is not None
    seller = market.ids["seller"]
    noting.claim_left(session, LeftClaim(seller, login.person_id, login.device_id, "past"))
    appeals.appeal(session, seller, login, "máy hỏng")


def _orders(market: Market, session: Session) -> None:
    ids = market.ids
    lines = (StaffLine(ids["listing"], 1),)
    wanted = StaffOrder(ids["seller"], "Lan", new_phone(), "zalo", PICK_UP, lines, 1440)
    ids["staff_code"] = staff_orders.place(session, wanted, f"p:{ids['buyer']}")


def _vouchers(market: Market, session: Session) -> None:
    ids, now = market.ids, clock.now_ms()
    new = NewVoucher("KHACHQUEN", Worth(SUM, 10_000), now, now + _WEEK_MS, budget_vnd=1_000_000)
    ids["voucher"] = offering.offer(session, ids["seller"], new, "")
    asked = replace(new, code="NGAYHOI", title="Ngày hội")
    ids["sponsored_voucher"] = offering.sponsor(session, [ids["seller"]], asked, "")


def _delivered(market: Market, session: Session) -> None:
    """Two orders of the buyer that have come; one is reviewed."""
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    assert market.till is not None
    ids = market.ids
    product = listings.get(session, ids["listing"]).product_id
    stand = Stand(market.till, product, ids["listing"])
    for name in ("delivered_code", "reviewed_code"):
        code = make_order(session, stand, stand.line(1), login=login)
        pay(session, market.till, code, PRICE_VND)
        orders.secure(session, code)
        pack(session, code)
        fulfilment.hand_over(session, code, "p:packer")
        fulfilment.deliver(session, code, "p:packer")
        ids[name] = code


def _review(market: Market, session: Session) -> None:
    login = logins.resolve(session, market.tokens["buyer"])
    new = NewReview(market.ids["listing"], 4, "Chè ngon, gói hơi móp")
    market.ids["review"] = reviews.write(session, market.ids["reviewed_code"], new, login)


def _refund(market: Market, session: Session) -> None:
    """A part of an order goes back, the buyer gave an account, and a line of the bank may be it."""
    ids = market.ids
    assert market.till is not None
    ids["refund_order"] = ids["delivered_code"]
    reference = reference_of(ids["delivered_code"])
    payments.mark_part_refund_due(session, reference, 5_000)
    ids["refund"] = begin(session, market.till, reference, 5_000).id
    give_account(session, reference)
    bank_sends(session, market.till, "chuyen khoan", 5_000)
    ids["refund_line"] = owed.candidates(session, ids["seller"], ids["refund"])[0].id


def _on_top(market: Market, session: Session) -> None:
    """Too much came for two orders of the buyer: one waits for a word, of the other it is kept."""
    login = logins.resolve(session, market.tokens["buyer"])
    assert login is not None
    assert market.till is not None
    ids = market.ids
    product = listings.get(session, ids["listing"]).product_id
    stand = Stand(market.till, product, ids["listing"])
    for name in ("on_top_code", "kept_code"):
        ids[name] = make_order(session, stand, stand.line(1), login=login)
        pay(session, market.till, ids[name], PRICE_VND + 5_000)
    surplus.keep(session, orders.facts(session, ids["kept_code"]), login)
    ids["credit_code"] = make_order(session, stand, stand.line(1), login=login)


def _invoice(market: Market, session: Session) -> None:
    login = logins.resolve(session, market.tokens["buyer"])
    wanted = Wanted("Công ty Hoa", "0100109106", "Số 1 Hàng Bài", "hoa@example.com")
    market.ids["invoice"] = asking.ask(session, market.ids["reviewed_code"], wanted, login)
