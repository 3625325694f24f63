"""A campaign as everybody sees it, and what a room says of its campaign and of other places it is shown."""

from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup
from sqlalchemy.orm import Session

from catalog import photos
from catalog.photos import PhotoFacts
from core import clock
from core.db import db
from core.identity import sellers
from core.identity.sellers import SellerFacts
from livestream.outside import elsewhere
from livestream.shows import show_cards
from livestream.shows.show_cards import ShowCard
from livestream.together import campaigns, invitations
from livestream.together.campaigns import CampaignFacts


@dataclass(frozen=True)
class CampaignPage:
    """All the template needs: sessions that run, come and are over, and every seller that sells in them."""

    campaign: CampaignFacts
    days: str
    running: tuple[ShowCard, ...]
    coming: tuple[ShowCard, ...]
    over: tuple[ShowCard, ...]
    sellers: tuple[SellerFacts, ...]
    logos: tuple[PhotoFacts, ...]


@dataclass(frozen=True)
class Around:
    """What stands around a room: its campaign's title and pages, and another place that shows it."""

    campaign_url: str
    campaign_title: str
    next_url: str
    elsewhere_url: str
    elsewhere_name: str


def page(session: Session, campaign_id: str) -> CampaignPage:
    """A campaign's page.

    Raises:
        NotFound: there is no such campaign.
    """
    campaign = campaigns.facts(session, campaign_id)
    shows = [show for show in campaigns.shows(session, campaign_id) if show.public]
    selling = {show.seller_id for show in shows}
    for show in shows:
        selling |= invitations.consents(session, show.id).keys()
    known = sellers.facts_of(session, selling)
    return CampaignPage(
        campaign=campaign,
        days=days(campaign),
        running=show_cards.of(session, [show for show in shows if show.running]),
        coming=show_cards.of(session, [show for show in shows if show.state == "checked"]),
        over=show_cards.of(session, [show for show in shows if show.ended_ms is not None]),
        sellers=tuple(sorted(known.values(), key=lambda one: one.name)),
        logos=photos.of_subjects(session, "campaign", [campaign_id]).get(campaign_id, ()),
    )


def days(campaign: CampaignFacts) -> str:
    """`28/11 – 30/11/2026`, or the one day."""
    first = clock.in_vietnam(campaign.starts_ms)
    last = clock.in_vietnam(campaign.ends_ms - 1)
    whole = f"{last:%d/%m/%Y}"
    return whole if first.date() == last.date() else f"{first:%d/%m} – {whole}"


def around(session_id: str, *, over: bool) -> Markup:
    """The way from a room to its campaign, to other places and, when `over`, to the next session."""
    session = db.session()
    campaign = campaigns.of_session(session, session_id)
    url = elsewhere.of_session(session, session_id)
    if campaign is None and not url:
        return Markup("")
    found = Around(
        campaign_url=f"/campaigns/{campaign.id}" if campaign else "",
        campaign_title=campaign.title if campaign else "",
        next_url=f"/campaigns/{campaign.id}/next?after={session_id}" if campaign else "",
        elsewhere_url=url,
        elsewhere_name=elsewhere.place_of(url) if url else "",
    )
    return Markup(render_template("livestream/_around.html", around=found, over=over))


def fairs() -> Markup:
    """The campaigns that go on or come, for the page of what is live; nothing when there is none."""
    current = campaigns.current(db.session())
    shown = [(one, days(one)) for one in current]
    return Markup(render_template("livestream/_fairs.html", fairs=shown)) if shown else Markup("")
