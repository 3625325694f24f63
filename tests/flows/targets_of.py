"""A place that A's session is also sent to."""

from sqlalchemy.orm import Session

from livestream.video import targets
from livestream.video.targets import GivenTarget
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Let its host have added it."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    given = GivenTarget("facebook", "", "", "FB-99-ofSellerA")
    ids = market.ids
    ids["target_id"] = targets.add(session, ids["next_session"], given, "p:host")
