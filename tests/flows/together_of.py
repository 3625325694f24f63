"""Sessions of seller B into which A was asked, one agreed to, one not answered; and one of A with B asked."""

from sqlalchemy.orm import Session

from core import clock
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from livestream.together import campaigns, invitations
from livestream.together.campaigns import NewCampaign
from tests.factories.catalog import HOUR_MS
from tests.flows.market import Market

BY = "p:somebody"


def fill(market: Market) -> None:
    """Ask and answer."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    ids = market.ids
    for name in ("asked_session", "shared_session"):
        new = NewSession(ids["foreign_seller"], "Chợ chung", clock.now_ms() + 3 * HOUR_MS)
        pinned = [NewPin(ids["foreign_listing"], 5, 60_000, 5)]
        ids[name] = sessions.create(session, new, pinned)
        invitations.invite(session, ids[name], ids["seller"], BY)
    invitations.accept(session, ids["shared_session"], ids["seller"], BY)
    own = NewPin(ids["third_listing"], 5, 60_000, 5)
    ids["shared_pin"] = invitations.pin(session, ids["shared_session"], own, {ids["seller"]})
    invitations.invite(session, ids["next_session"], ids["foreign_seller"], BY)
    starts_ms = clock.now_ms()
    fair = NewCampaign(
        ids["seller"], "Lên phố", "", starts_ms, starts_ms + 3 * HOUR_MS, ("Bưu điện",)
    )
    ids["campaign_id"] = campaigns.make(session, fair)
    campaigns.join(session, ids["session_id"], ids["campaign_id"])
