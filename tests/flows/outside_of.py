"""A's session with a nick of Facebook that holds a pack, its link not opened; one over, with a late asker."""

from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import resolve
from livestream.outside import leads, nick_links, outside
from livestream.outside.channels import ChannelComment
from livestream.outside.outside import Batch
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from tests.factories.catalog import HOUR_MS
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Let them say it."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    staff = resolve(session, market.tokens["staff_a"])
    assert staff is not None
    for name in ("outside_session", "late_session"):
        new = NewSession(ids["seller"], "Chợ mạng", clock.now_ms() + 3 * HOUR_MS)
        ids[name] = sessions.create(session, new, [NewPin(ids["third_listing"], 5, 60_000, 5)])
        sessions.start(session, ids[name])
    sessions.end(session, ids["late_session"])
    said = (ChannelComment("Hoa Nguyễn", "chốt A1 1"),)
    for name in ("outside_session", "late_session"):
        outside.take(session, Batch(ids[name], "facebook", said), staff)
    (link,) = nick_links.of_session(session, ids["outside_session"])
    (lead,) = leads.waiting(session, ids["late_session"])
    ids["key"], ids["lead_id"] = link.key, lead.id
