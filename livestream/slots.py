"""What the live room puts into places lower pages leave: what is live now, where a product is sold live."""

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from catalog import live_now as sold_now
from core import desk_tabs, slots
from core.db import db
from core.desk_tabs import Tab
from core.errors import N_
from core.http.current import current_login
from core.identity import officers
from livestream.access import MONEY
from livestream.lessons import lesson_banner
from livestream.pins import live_prices
from livestream.replay import clips, replay_page
from livestream.shows import show_cards
from livestream.together import campaign_page

_ON_FRONT = 3


def fill() -> None:
    """Take the live room's places."""
    sold_now.fill(show_cards.rooms, live_prices.of_listings)
    slots.fill("front.live", live_now)
    slots.fill("product.live", sold_live)
    slots.fill("product.replay", clip_of)
    slots.fill("live.replays", replays)
    slots.fill("seller.live", shows_of)
    slots.fill("room.around", campaign_page.around)
    slots.fill("live.fairs", campaign_page.fairs)
    slots.fill("account.work", officers_work)
    desk_tabs.add(Tab(125, "recordings", icon="film", words=N_("Bản ghi phiên live"), roles=MONEY))
    slots.fill("room.lesson", lesson_banner.banner)
    who = ("owner", "manager", "host", "accountant")
    desk_tabs.add(Tab(120, "reports", icon="chart-column", words=N_("Báo cáo"), roles=who))


def live_now() -> Markup:
    """What runs now and what comes next; nothing when there is neither."""
    cards = show_cards.listed(db.session())[:_ON_FRONT]
    return Markup(render_template("livestream/front_live.html", cards=cards))


def sold_live(listing_id: str, product_id: str, **_facts: object) -> Markup:
    """The way into the room where this listing, or another pack of the product, is sold now."""
    found = show_cards.on_air(db.session(), product_id)
    if not found:
        return Markup("")
    this = next((one for one in found if one.listing_id == listing_id), found[0])
    return Markup(render_template("livestream/product_live.html", on_air=this))


def clip_of(listing_ids: Sequence[str]) -> Markup:
    """The way to the part of a replay that shows one of these packs of a product."""
    found = clips.of_listings(db.session(), listing_ids)
    if found is None:
        return Markup("")
    length = replay_page.length_words(found.length_ms)
    return Markup(render_template("livestream/product_clip.html", clip=found, length=length))


def replays() -> Markup:
    """The shows that can be seen again, lessons behind those that sold; nothing when there is none."""
    found = sorted(clips.newest(db.session()), key=lambda one: one[0].is_lesson)
    if not found:
        return Markup("")
    shows = [show for show, _ in found]
    cards = show_cards.of(db.session(), shows)
    lengths = [replay_page.length_words(length_ms) for _, length_ms in found]
    rows = list(zip(cards, lengths, shows, strict=True))
    return Markup(render_template("livestream/replays.html", rows=rows))


def shows_of(seller_id: str) -> Markup:
    """What a seller shows live now or next; nothing when there is neither."""
    cards = show_cards.of_seller(db.session(), seller_id)
    return Markup(render_template("livestream/front_live.html", cards=cards))


def officers_work() -> Markup:
    """The way to the verify desk, for an officer; nothing for anybody else."""
    if officers.held_by(db.session(), current_login()) is None:
        return Markup("")
    return Markup(render_template("livestream/officers_work.html"))
