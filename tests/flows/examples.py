"""A right request for every route, gathered from the packages' tables."""

from tests.flows.example import Example
from tests.flows.examples_before import EXAMPLES as BEFORE
from tests.flows.examples_books import EXAMPLES as BOOKS
from tests.flows.examples_buyers_order import EXAMPLES as BUYERS_ORDER
from tests.flows.examples_calls import EXAMPLES as CALLS
from tests.flows.examples_cards import EXAMPLES as CARDS
from tests.flows.examples_carriers import EXAMPLES as CARRIERS
from tests.flows.examples_cases import EXAMPLES as CASES
from tests.flows.examples_cash import EXAMPLES as CASH
from tests.flows.examples_catalog import EXAMPLES as CATALOG
from tests.flows.examples_core import EXAMPLES as CORE
from tests.flows.examples_customers import EXAMPLES as CUSTOMERS
from tests.flows.examples_delivery import EXAMPLES as DELIVERY
from tests.flows.examples_fees import EXAMPLES as FEES
from tests.flows.examples_files import EXAMPLES as FILES
from tests.flows.examples_goods import EXAMPLES as GOODS
from tests.flows.examples_growers import EXAMPLES as GROWERS
from tests.flows.examples_handing import EXAMPLES as HANDING
from tests.flows.examples_invoices import EXAMPLES as INVOICES
from tests.flows.examples_lessons import EXAMPLES as LESSONS
from tests.flows.examples_live import EXAMPLES as LIVE
from tests.flows.examples_live import PAGES as LIVE_PAGES
from tests.flows.examples_members_book import EXAMPLES as MEMBERS_BOOK
from tests.flows.examples_moderation import EXAMPLES as MODERATION
from tests.flows.examples_money_desk import EXAMPLES as MONEY_DESK
from tests.flows.examples_morning import EXAMPLES as MORNING
from tests.flows.examples_notices import EXAMPLES as NOTICES
from tests.flows.examples_offers import EXAMPLES as OFFERS
from tests.flows.examples_orders import EXAMPLES as ORDERS
from tests.flows.examples_outside import EXAMPLES as OUTSIDE
from tests.flows.examples_packing import EXAMPLES as PACKING
from tests.flows.examples_photos import EXAMPLES as PHOTOS
from tests.flows.examples_pins import EXAMPLES as PINS
from tests.flows.examples_push import EXAMPLES as PUSH
from tests.flows.examples_receipts import EXAMPLES as RECEIPTS
from tests.flows.examples_refunds import EXAMPLES as REFUNDS
from tests.flows.examples_reliability import EXAMPLES as RELIABILITY
from tests.flows.examples_replay import EXAMPLES as REPLAY
from tests.flows.examples_reports import EXAMPLES as REPORTS
from tests.flows.examples_returns import EXAMPLES as RETURNS
from tests.flows.examples_reviews import EXAMPLES as REVIEWS
from tests.flows.examples_seen import EXAMPLES as SEEN
from tests.flows.examples_shelf import EXAMPLES as SHELF
from tests.flows.examples_shop import EXAMPLES as SHOP
from tests.flows.examples_staff import EXAMPLES as STAFF
from tests.flows.examples_statements import EXAMPLES as STATEMENTS
from tests.flows.examples_stock import EXAMPLES as STOCK
from tests.flows.examples_stops import EXAMPLES as STOPS
from tests.flows.examples_targets import EXAMPLES as TARGETS
from tests.flows.examples_together import EXAMPLES as TOGETHER
from tests.flows.examples_video import EXAMPLES as VIDEO
from tests.flows.examples_vouchers import EXAMPLES as VOUCHERS
from tests.flows.routes import Route

EXAMPLES: dict[str, Example] = {
    **CARDS,
    **FEES,
    **MEMBERS_BOOK,
    **MONEY_DESK,
    **SEEN,
    **RECEIPTS,
    **MORNING,
    **OFFERS,
    **DELIVERY,
    **FILES,
    **GOODS,
    **GROWERS,
    **STATEMENTS,
    **STOCK,
    **STOPS,
    **LESSONS,
    **RETURNS,
    **STAFF,
    **CUSTOMERS,
    **REPLAY,
    **REPORTS,
    **REVIEWS,
    **VIDEO,
    **VOUCHERS,
    **RELIABILITY,
    **CORE,
    **CATALOG,
    **SHELF,
    **SHOP,
    **LIVE,
    **LIVE_PAGES,
    **MODERATION,
    **TARGETS,
    **TOGETHER,
    **OUTSIDE,
    **PINS,
    **PUSH,
    **PACKING,
    **PHOTOS,
    **HANDING,
    **CARRIERS,
    **CASH,
    **BEFORE,
    **BOOKS,
    **BUYERS_ORDER,
    **CALLS,
    **ORDERS,
    **CASES,
    **INVOICES,
    **REFUNDS,
    **NOTICES,
}


def example_of(route: Route) -> Example:
    """The example of `route`; a route without one fails the test that asks."""
    assert str(route) in EXAMPLES, f"add a right request for {route} to tests/flows/examples_*.py"
    return EXAMPLES[str(route)]
