"""What the pages before and after a session are about: a session with a time."""

from sqlalchemy.orm import Session

from core import clock
from livestream import sessions
from livestream.pins import NewPin
from livestream.sessions import NewSession
from tests.factories.catalog import HOUR_MS
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Plan a session of seller A."""
    market.change(lambda session: _plan(market, session))


def _plan(market: Market, session: Session) -> None:
    ids = market.ids
    starts_ms = clock.now_ms() + 24 * HOUR_MS
    new = NewSession(ids["seller"], "Chợ đêm", starts_ms + 2 * HOUR_MS, planned_start_ms=starts_ms)
    pinned = [NewPin(ids["third_listing"], 5, 60_000, 5)]
    ids["planned_session"] = sessions.create(session, new, pinned)
