"""What seller A gives its buyers: an order its people typed in, a voucher, one the province sponsors."""

from dataclasses import replace

from sqlalchemy.orm import Session

from core import clock
from shop.staff import staff_orders
from shop.staff.staff_orders import StaffLine, StaffOrder
from shop.vouchers import offering
from shop.vouchers.offering import NewVoucher
from shop.vouchers.rules import SUM, Worth
from tests.factories.identity import new_phone
from tests.factories.shop import PICK_UP
from tests.flows.market import Market

_WEEK_MS = 7 * 86_400_000


def fill(market: Market) -> None:
    """Add them to the market."""
    market.change(lambda session: _orders(market, session))
    market.change(lambda session: _vouchers(market, session))


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
