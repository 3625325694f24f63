"""What stands in the market of the flow tests: sellers A and B, their staff, buyers, goods of A."""

from sqlalchemy.orm import Session

from core.identity import logins
from tests.factories.identity import make_login, make_person, make_seller
from tests.flows.market import Market

BUYERS_PHONE = "+84912345678"
PASSWORD = "chè xanh 2026"


def fill(market: Market) -> None:
    """Fill an empty market; everything that has an id belongs to seller A or to the buyer."""
    market.change(lambda session: _people(session, market))
    market.settle()


def _people(session: Session, market: Market) -> None:
    ids, tokens = market.ids, market.tokens
    ids["seller"] = make_seller(session, "HTX A")
    ids["foreign_seller"] = make_seller(session, "HTX B")
    buyer = make_person(session, "Hoa", phone=BUYERS_PHONE, password=PASSWORD)
    tokens["buyer"], login = make_login(session, buyer)
    ids["buyer"], ids["device"] = buyer, login.device_id
    tokens["stranger"] = logins.issue(session, buyer, verified=False, name="Người lạ")
    tokens["other"], _ = make_login(session)
    tokens["staff_a"], _ = make_login(session, roles={ids["seller"]: "owner"})
    tokens["staff_b"], _ = make_login(session, roles={ids["foreign_seller"]: "owner"})
