"""`flask notices zalo`: hand the market its first key to Zalo's notices."""

import click
from flask import current_app
from flask.cli import AppGroup

from core.config import Settings
from shop.notices import zalo_tokens
from shop.notices.zalo_road import ZaloRoad

notices_group = AppGroup("notices", help="Set up the roads to people.")


@notices_group.command("zalo")
@click.option("--refresh-token", prompt=True, hide_input=True, help="From Zalo's console.")
def zalo(refresh_token: str) -> None:
    """Keep a refresh token of the official account named in ZNS_URL; the market renews it from then on."""
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.zns_url:
        raise click.ClickException("ZNS_URL is not set")
    zalo_tokens.put(ZaloRoad(settings.zns_url, settings.keys_dir).account, refresh_token.strip())
    click.echo("kept")
