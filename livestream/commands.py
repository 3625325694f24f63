"""Commands that make a show and buyers to try it with, also beside a running server.

Only where demo data may be: they hand out tokens.
"""

import secrets
from functools import partial

import click
from flask import current_app
from sqlalchemy.orm import Session

from catalog import listings, products
from catalog.listings import NewListing
from catalog.lots import opening
from catalog.products import NewProduct
from core import clock
from core.commands import demo_group, emit, fill_if_empty
from core.config import Settings
from core.db import db, write
from core.identity import logins, people, sellers
from core.identity.sellers import SellerFacts
from core.quantity import BaseUnit
from core.strict_json import JsonValue
from livestream import demo
from livestream.desk.hold_rule import MINUTE_MS
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.shows.sessions import NewSession

_PACK_G = 200
_MOST_PACKS = 10_000_000
_PRICE_VND = 65_000
_SHOW_MS = 180 * MINUTE_MS
_AT_ONCE = 200
_NUMBERS = 10**6
_DEVICE = "flask demo"

JsonLine = dict[str, JsonValue]


@demo_group.command("live")
@click.option(
    "--packs", type=click.IntRange(1, _MOST_PACKS), required=True, help="Packs of the pin A1."
)
@click.option(
    "--limit", type=click.IntRange(1, _MOST_PACKS), default=1, help="Packs a buyer may have."
)
def demo_live(packs: int, limit: int) -> None:
    """Make a running session with one pin A1 on fresh stock; print {session, url, code, host_token}."""
    _require_demo()
    fill_if_empty()
    found = [seller for seller in sellers.all_sellers(db.session()) if seller.demo]
    if not found:
        click.echo("This market has sellers of its own and no demo seller.", err=True)
        raise SystemExit(1)
    emit(write(lambda session: _new_show(session, found[0], packs, limit)))


@demo_group.command("buyers")
@click.argument("number", type=click.IntRange(1, 100_000))
def demo_buyers(number: int) -> None:
    """Make NUMBER new verified people without passwords; print {phone, token} of each."""
    _require_demo()
    made = 0
    while made < number:
        some = min(_AT_ONCE, number - made)
        for line in write(partial(_new_buyers, number=some)):
            emit(line)
        made += some


def camera_rule() -> list[str]:
    """What whoever prepares a market to try reads about cameras; nothing where pages are https already."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.secure_cookies:
        return []
    here = f"http://localhost:{settings.port}"
    return ["", f"A camera works at {here} on this machine alone; for phones: make run TLS=1"]


def _require_demo() -> None:
    settings: Settings = current_app.config["SETTINGS"]
    if not settings.demo:
        click.echo("This market has no demo (DEMO=0).", err=True)
        raise SystemExit(1)


def _new_show(session: Session, seller: SellerFacts, packs: int, limit: int) -> JsonLine:
    settings: Settings = current_app.config["SETTINGS"]
    demo.confirm(session, seller.id)  # a demo made before sellers were confirmed has none
    listing_id = _fresh_goods(session, seller, packs)
    new = NewSession(seller.id, "Phiên thử", clock.now_ms() + _SHOW_MS)
    session_id = sessions.create(session, new, [NewPin(listing_id, packs, _PRICE_VND, limit)])
    sessions.start(session, session_id)
    host = people.find_or_create(session, seller.phone, seller.owner_name)
    token = logins.issue(session, host, verified=True, device=_DEVICE, name=seller.owner_name)
    return {
        "session": session_id,
        "url": f"{settings.public_url}/live/{session_id}",
        "code": "A1",
        "host_token": token,
    }


def _fresh_goods(session: Session, seller: SellerFacts, packs: int) -> str:
    """A listing of its own, with stock for exactly so many packs."""
    tea = NewProduct("Chè thử phiên live", "", BaseUnit.G, "tea")
    product_id = products.add(session, seller.id, tea)
    opening.bring_in(session, seller.id, product_id, packs * _PACK_G, "demo live")
    pack = NewListing(product_id, _PACK_G, "gói", _PRICE_VND)
    return listings.add(session, seller.id, pack)


def _new_buyers(session: Session, number: int) -> list[JsonLine]:
    return [_new_buyer(session) for _ in range(number)]


def _new_buyer(session: Session) -> JsonLine:
    """A person nobody was before; numbers are drawn until one is free."""
    while True:
        tail = f"{secrets.randbelow(_NUMBERS):06d}"
        phone, name = f"+84900{tail}", f"Khách {tail}"
        person_id = people.find_or_create(session, phone, name)
        person = people.facts(session, person_id)
        if person.verified or person.name != name:
            continue
        people.mark_verified(session, person_id, "demo")
        token = logins.issue(session, person_id, verified=True, device=_DEVICE, name=name)
        return {"phone": phone, "token": token}
