"""P11: no read and no write across sellers, nor across buyers, on any route, in any role.

Every route is asked by every role for what belongs to seller A or to the buyer; what is refused changes
nothing, and no answer shows a stranger the buyer's number or the secret of the order's link.
"""

import pytest
from werkzeug.test import TestResponse

from tests.flows.build import BUYERS_PHONE
from tests.flows.example import send
from tests.flows.examples import example_of
from tests.flows.market import ROLES, Market
from tests.flows.matrix import CELLS
from tests.flows.routes import Route, all_routes, route

# Who may not see the buyer's number (the stranger typed it, staff A is the seller concerned).
OUTSIDERS = ("guest", "other", "staff_b")


def outcome(market: Market, at: Route, role: str) -> TestResponse:
    """What `role` gets, on the market as it was built; a refused write changed nothing."""
    market.restore()
    example = example_of(at).prepared(market)
    before = market.digest()
    answer = send(at, example, market, role)
    if answer.status_code >= 400:
        assert market.digest() == before, f"{role} was refused and yet something was changed"
    if role in OUTSIDERS:
        told = secrets_in(answer.data.decode("latin-1"), market)
        assert told <= secrets_in(example.said(market), market), f"shown to {role}: {told}"
    return answer


def test_every_route_has_its_row_and_every_row_a_route() -> None:
    """The control: a route nobody thought of fails here."""
    assert {str(found) for found in all_routes()} == set(CELLS)


@pytest.mark.parametrize("name", CELLS)
def test_each_role_gets_what_is_its_own(market: Market, name: str) -> None:
    found = {role: outcome(market, route(name), role).status_code for role in ROLES}
    assert found == dict(zip(ROLES, CELLS[name], strict=True))


def secrets_in(text: str, market: Market) -> set[str]:
    """What of the buyer's a text holds."""
    bare = "".join(letter for letter in text if letter not in " .-")
    local = "0" + BUYERS_PHONE.removeprefix("+84")
    return {one for one in (BUYERS_PHONE, local, market.ids["capability"]) if one in bare}
