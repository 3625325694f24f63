"""Registers what the notices offer: pages, what they hear and send, the ladder's timer, the roads set up."""

from flask import Flask

from core import ticks
from core.config import Settings
from shop.console import notices as desk
from shop.notices import (
    ladder,
    models,
    money_news,
    notice_checks,
    old_money,
    payout_news,
    push_keys,
    reactions,
    roads,
)
from shop.notices.commands import notices_group
from shop.notices.push_road import PushRoad
from shop.notices.roads import EmailRoad, SmsRoad
from shop.notices.zalo_road import ZaloRoad
from shop.views import notices as pages
from shop.views import push as push_pages

_BY_IMPORT = (models, notice_checks)
"""Tables and checks are known to the market as soon as their modules are imported."""

_CLIMB_EVERY_S = 5.0
_OLD_MONEY_EVERY_S = 3600.0
_AT_HOME = "mailto:market@localhost"


def wire(app: Flask) -> None:
    """Register pages, subscriptions, errands and the timer; send by what the settings name."""
    settings: Settings = app.config["SETTINGS"]
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(desk.blueprint)
    app.register_blueprint(push_pages.blueprint)
    push_pages.fill()
    push_keys.use(settings.keys_dir)
    reactions.subscribe()
    money_news.subscribe()
    payout_news.subscribe()
    letters = [EmailRoad(settings.smtp_url)] if settings.smtp_url else []
    push = PushRoad(_contact(settings), settings.push_services)
    live = settings.zns_url and not settings.demo  # a demo's numbers are not its own to write to
    zalo = [ZaloRoad(settings.zns_url, settings.keys_dir)] if live else []
    app.cli.add_command(notices_group)
    roads.use([push, *letters, *zalo, SmsRoad(app)])
    ticks.every(_CLIMB_EVERY_S, ladder.climb)
    ticks.every(_OLD_MONEY_EVERY_S, old_money.tell)


def _contact(settings: Settings) -> str:
    """Whom a push service would write to; it takes no address without https."""
    return settings.public_url if settings.secure_cookies else _AT_HOME
