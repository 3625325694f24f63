"""A sale outside the market that seller A declared around its session."""

from livestream.figures import telling
from livestream.figures.reports import SESSION, Scope
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Declare it."""
    scope = Scope(SESSION, market.ids["session_id"], market.ids["seller"])
    market.ids["declared_id"] = market.change(
        lambda session: telling.declare(session, scope, "5 kg tại nhà", 900_000, "p:somebody")
    )
