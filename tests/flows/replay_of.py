"""A recording of the market's ended show, for the routes that show, hide and hold it."""

from sqlalchemy.orm import Session

from core import clock
from livestream.replay import keeping
from livestream.video.live_engine import Piece, Recording
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Keep a minute of it."""
    market.change(lambda session: _note(market, session))


def _note(market: Market, session: Session) -> None:
    found = Recording((Piece(clock.now_ms(), 60_000),), 1_000_000, "d" * 64)
    keeping.note(session, market.ids["ended_session"], "stream_of_the_ended_show", found)
