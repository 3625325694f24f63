"""P11 in one table: for each route what each role gets when it asks for what is seller A's or the buyer's.

The columns are `market.ROLES`: a guest, a device that only typed the buyer's number, the buyer, another
buyer, staff of seller B, staff of seller A. A route without a row fails the build.
"""

from tests.flows.examples_before import CELLS as BEFORE
from tests.flows.examples_books import CELLS as BOOKS
from tests.flows.examples_buyers_order import CELLS as BUYERS_ORDER
from tests.flows.examples_calls import CELLS as CALLS
from tests.flows.examples_cards import CELLS as CARDS
from tests.flows.examples_carriers import CELLS as CARRIERS
from tests.flows.examples_cases import CELLS as CASES
from tests.flows.examples_cash import CELLS as CASH
from tests.flows.examples_customers import CELLS as CUSTOMERS
from tests.flows.examples_delivery import CELLS as DELIVERY
from tests.flows.examples_fees import CELLS as FEES
from tests.flows.examples_files import CELLS as FILES
from tests.flows.examples_goods import CELLS as GOODS
from tests.flows.examples_growers import CELLS as GROWERS
from tests.flows.examples_handing import CELLS as HANDING
from tests.flows.examples_invoices import CELLS as INVOICES
from tests.flows.examples_lessons import CELLS as LESSONS
from tests.flows.examples_members_book import CELLS as MEMBERS_BOOK
from tests.flows.examples_moderation import CELLS as MODERATION
from tests.flows.examples_money_desk import CELLS as MONEY_DESK
from tests.flows.examples_morning import CELLS as MORNING
from tests.flows.examples_notices import CELLS as NOTICES
from tests.flows.examples_offers import CELLS as OFFERS
from tests.flows.examples_orders import CELLS as ORDERS
from tests.flows.examples_outside import CELLS as OUTSIDE
from tests.flows.examples_packing import CELLS as PACKING
from tests.flows.examples_photos import CELLS as PHOTOS
from tests.flows.examples_pins import CELLS as PINS
from tests.flows.examples_push import CELLS as PUSH
from tests.flows.examples_receipts import CELLS as RECEIPTS
from tests.flows.examples_refunds import CELLS as REFUNDS
from tests.flows.examples_reliability import CELLS as RELIABILITY
from tests.flows.examples_replay import CELLS as REPLAY
from tests.flows.examples_reports import CELLS as REPORTS
from tests.flows.examples_returns import CELLS as RETURNS
from tests.flows.examples_reviews import CELLS as REVIEWS
from tests.flows.examples_seen import CELLS as SEEN
from tests.flows.examples_shelf import CELLS as SHELF
from tests.flows.examples_staff import CELLS as STAFF
from tests.flows.examples_statements import CELLS as STATEMENTS
from tests.flows.examples_stock import CELLS as STOCK
from tests.flows.examples_stops import CELLS as STOPS
from tests.flows.examples_targets import CELLS as TARGETS
from tests.flows.examples_together import CELLS as TOGETHER
from tests.flows.examples_video import CELLS as VIDEO
from tests.flows.examples_vouchers import CELLS as VOUCHERS

_EVERYBODY = (200,) * 6
_EACH_ITS_OWN = (401, 200, 200, 200, 200, 200)
_BUYER_ALONE = (404, 404, 200, 404, 404, 404)

Cells = tuple[int, int, int, int, int, int]

CORE: dict[str, Cells] = {
    "GET /healthz": _EVERYBODY,
    "GET /readyz": _EVERYBODY,
    "GET /api/v1/openapi.json": _EVERYBODY,
    "POST /api/v1/auth/phone": _EVERYBODY,
    "POST /api/v1/auth/otp": _EVERYBODY,
    "POST /api/v1/auth/verify": _EVERYBODY,
    "POST /api/v1/auth/login": _EVERYBODY,
    "POST /api/v1/auth/logout": _EACH_ITS_OWN,
    "GET /login": (200, 200, 303, 303, 303, 303),
    "POST /login": (303,) * 6,
    "POST /login/code": _EVERYBODY,
    "POST /login/verify": (303,) * 6,
    "POST /logout": (401, 303, 303, 303, 303, 303),
    "GET /account": (303, 200, 200, 200, 200, 200),
    "POST /account/name": (401, 401, 303, 303, 303, 303),
    "POST /account/devices/<device_id>/sign-out": (401, 404, 303, 404, 404, 404),
}

SHOP: dict[str, Cells] = {
    "GET /": _EVERYBODY,
    "GET /cart": _EVERYBODY,
    "POST /cart/lines": (303,) * 6,
    "POST /cart/lines/<listing>": (303,) * 6,
    # An empty cart has no checkout: one is led back to the cart, and nothing is ordered.
    "GET /checkout/<seller>": (303, 303, 200, 303, 303, 303),
    "POST /checkout/<seller>": (303, 303, 303, 303, 303, 303),
    "GET /console/orders": (401, 404, 404, 404, 200, 200),
    "GET /orders/<code>": _BUYER_ALONE,
    "GET /orders/<code>/state": _BUYER_ALONE,
    "GET /orders/<code>/qr.png": _BUYER_ALONE,
    "POST /orders/<code>/cancel": (404, 404, 303, 404, 404, 404),
    "GET /api/v1/cart": _EACH_ITS_OWN,
    "POST /api/v1/cart/lines": _EACH_ITS_OWN,
    "PUT /api/v1/cart/lines/<listing>": _EACH_ITS_OWN,
    "POST /api/v1/cart/orders": (401, 409, 200, 409, 409, 409),
    "GET /api/v1/orders/<code>": _BUYER_ALONE,
    # The example carries the link's capability, which opens this one order to whoever holds it.
    "POST /api/v1/orders/<code>/cancel": _EVERYBODY,
    # A notice is known by its signature, which has no roles.
    "POST /webhooks/<string:provider>/<string:feed>": _EVERYBODY,
}

CATALOG: dict[str, Cells] = {
    "GET /products/<listing>": _EVERYBODY,
    "GET /search": _EVERYBODY,
    "GET /sellers/<seller>": _EVERYBODY,
    "GET /api/v1/listings": _EVERYBODY,
    "GET /api/v1/listings/<listing>": _EVERYBODY,
}

_HOST_ALONE = (401, 404, 404, 404, 404, 200)
_LIVE = "/api/v1/live/<session_id>"
_PIN = f"{_LIVE}/pins/<code>"

LIVE: dict[str, Cells] = {
    "GET /api/v1/live": _EVERYBODY,
    f"GET {_LIVE}": _EVERYBODY,
    f"GET {_LIVE}/events": _EVERYBODY,
    f"GET {_LIVE}/chat": _EVERYBODY,
    f"GET {_LIVE}/mine": _EACH_ITS_OWN,
    f"GET {_LIVE}/host": _HOST_ALONE,
    f"GET {_LIVE}/unclear": _HOST_ALONE,
    f"POST {_LIVE}/claims": _EACH_ITS_OWN,
    f"POST {_LIVE}/claims/<claim_id>/change": (401, 404, 200, 404, 404, 404),
    f"POST {_LIVE}/comments": _EACH_ITS_OWN,
    # Who holds nothing there has nothing to order.
    f"POST {_LIVE}/orders": (401, 409, 200, 409, 409, 409),
    "POST /api/v1/live": _HOST_ALONE,
    f"POST {_LIVE}/start": _HOST_ALONE,
    f"POST {_LIVE}/interrupt": _HOST_ALONE,
    f"POST {_LIVE}/resume": _HOST_ALONE,
    f"POST {_LIVE}/end": _HOST_ALONE,
    f"POST {_LIVE}/announcement": _HOST_ALONE,
    f"POST {_LIVE}/pins": _HOST_ALONE,
    f"POST {_PIN}/show": _HOST_ALONE,
    f"POST {_PIN}/side": _HOST_ALONE,
    f"POST {_PIN}/close": _HOST_ALONE,
    f"POST {_PIN}/price": _HOST_ALONE,
    f"POST {_PIN}/allotment": _HOST_ALONE,
    f"POST {_PIN}/flash": _HOST_ALONE,
    f"POST {_PIN}/flash/end": _HOST_ALONE,
}

_ROOM = "/live/<session_id>"
_HOST = "/host/<session_id>"
_HOST_STEP = (401, 404, 404, 404, 404, 303)
_HOST_PAGE = (303, 404, 404, 404, 404, 200)

PAGES: dict[str, Cells] = {
    "GET /live": _EVERYBODY,
    f"GET {_ROOM}": _EVERYBODY,
    # A guest is asked who they are.
    f"POST {_ROOM}/claims": _EVERYBODY,
    f"POST {_ROOM}/claims/<claim_id>": (200, 404, 200, 404, 404, 404),
    f"POST {_ROOM}/comments": _EVERYBODY,
    f"POST {_ROOM}/me": (303,) * 6,
    # An empty basket is a page that says so; nothing can be ordered from it.
    f"GET {_ROOM}/basket/<seller_id>": (303, 200, 200, 200, 200, 200),
    f"POST {_ROOM}/basket/<seller_id>": (303, 409, 303, 409, 409, 409),
    "GET /console": (303, 404, 404, 404, 200, 200),
    "GET /console/sessions/new": (303, 404, 404, 404, 200, 200),
    "POST /console/sessions/new": _HOST_STEP,
    f"GET {_HOST}": _HOST_PAGE,
    f"POST {_HOST}/start": _HOST_STEP,
    f"POST {_HOST}/interrupt": _HOST_STEP,
    f"POST {_HOST}/resume": _HOST_STEP,
    f"POST {_HOST}/end": _HOST_STEP,
    f"POST {_HOST}/announcement": _HOST_STEP,
    f"POST {_HOST}/pins/<code>/show": _HOST_STEP,
    f"POST {_HOST}/pins/<code>/side": _HOST_STEP,
    f"POST {_HOST}/pins/<code>/close": _HOST_STEP,
    f"POST {_HOST}/pins/<code>/terms": _HOST_STEP,
}

CELLS: dict[str, Cells] = {
    **DELIVERY,
    **BEFORE,
    **FEES,
    **CARDS,
    **MEMBERS_BOOK,
    **MONEY_DESK,
    **SEEN,
    **RECEIPTS,
    **MORNING,
    **OFFERS,
    **BOOKS,
    **BUYERS_ORDER,
    **CALLS,
    **CASES,
    **INVOICES,
    **REFUNDS,
    **NOTICES,
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
    **PAGES,
    **MODERATION,
    **TARGETS,
    **TOGETHER,
    **OUTSIDE,
    **PINS,
    **PUSH,
    **PACKING,
    **PHOTOS,
    **ORDERS,
    **HANDING,
    **CARRIERS,
    **CASH,
}
