"""What the pages before and after a session are about: a session with a time, one in rehearsal, a host."""

from sqlalchemy.orm import Session

from core import clock
from livestream.pins.pins import NewPin
from livestream.shows import confirmations, sessions
from livestream.shows.sessions import NewSession
from tests.factories.catalog import HOUR_MS
from tests.factories.identity import make_login
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Plan sessions of seller A, and name one who hosts for it."""
    market.change(lambda session: _plan(market, session))
    market.change(lambda session: _host(market, session))


def _plan(market: Market, session: Session) -> None:
    ids = market.ids
    starts_ms = clock.now_ms() + 24 * HOUR_MS
    for name in ("planned_session", "rehearsed_session", "ended_session"):
        new = NewSession(
            ids["seller"], "Chợ đêm", starts_ms + 2 * HOUR_MS, planned_start_ms=starts_ms
        )
        pinned = [NewPin(ids["third_listing"], 2, 60_000, 5)]
        ids[name] = sessions.create(session, new, pinned)
    sessions.rehearse(session, ids["rehearsed_session"])
    sessions.start(session, ids["ended_session"])
    sessions.end(session, ids["ended_session"])


def _host(market: Market, session: Session) -> None:
    _token, host = make_login(session, roles={market.ids["seller"]: "host"})
    market.ids["host"] = host.person_id or ""
    papers = confirmations.of_sellers(session, [market.ids["seller"]])[market.ids["seller"]]
    market.ids["host_paper"] = next(
        paper.id for paper in papers if paper.person_id == host.person_id
    )
