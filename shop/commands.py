"""`flask demo day`: a day of sales at the first demo seller, so that every desk has work on it.

Goes through the doors everybody uses and has the bank tell of its money as a feed would: what it leaves
is as whole as a real day (`flask fsck`). Only where demo data may be.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import click
from flask import current_app
from sqlalchemy.orm import Session

from catalog import listings
from core import clock, outbox
from core.commands import demo_group, emit, fill_if_empty
from core.config import Settings
from core.db import db, write
from core.identity import people, sellers
from core.ids import new_id
from payments import payments
from payments.bank import accounts, feeds, intake
from payments.bank.intake import Said
from payments.bank.same_line import FEED
from shop import orders
from shop.delivery.ways import PICKUP
from shop.members_book import demo as members_book
from shop.ordering import fulfilment
from shop.orders import Buyer, DeliveryChoice, PlaceLine, PlaceOrder
from shop.shipments import handing, shipments
from shop.shipments.handing import HandOver

_ACTOR = "flask demo"
_PROVIDER = "sepay"
_NUMBERS = 10**6
_OPENING_VND = 12_450_000
_PACKED, _GIVEN = 1, 2

Paying = Callable[["_Day", str], None]


@dataclass
class _Day:
    """The seller whose day it is, its account, and how much stands on it after the last line (đồng)."""

    seller_id: str
    account_id: str
    feed_id: str
    balance_vnd: int

    def bank(self, content: str, amount_vnd: int) -> None:
        """The feed tells of a movement; below zero it left the account."""
        key = f"DEMO{new_id().upper()}"
        said = Said(
            road=f"{FEED}:{self.feed_id}",
            source=self.feed_id,
            key=key,
            incoming=amount_vnd > 0,
            amount_vnd=abs(amount_vnd),
            content=content,
            reference=key,
            at_ms=clock.now_ms(),
            balance_vnd=self.balance_vnd + amount_vnd,
            place=clock.now_ms(),
        )
        write(partial(intake.take_in, account_id=self.account_id, said=[said]))
        self.balance_vnd += amount_vnd


@dataclass(frozen=True)
class _Sale:
    """One order of the day: who, which of the seller's goods, how many packs, how paid, how far it went."""

    buyer: str
    goods: int
    packs: int
    pay: Paying
    went: int = 0


def _transfer(day: _Day, code: str, *, parts: tuple[int, ...] = (100,), rest_vnd: int = 0) -> None:
    """So many hundredths of the sum, one transfer each, and `rest_vnd` more with the last."""
    due_vnd = write(lambda session: payments.facts_by_code(session, code).due_vnd)
    for place, part in enumerate(parts, start=1):
        vnd = due_vnd * part // 100 + (rest_vnd if place == len(parts) else 0)
        day.bank(f"{code} chuyen khoan", vnd)


def _at_the_table(day: _Day, code: str) -> None:
    write(partial(orders.secure_by, code=code, how="attested", actor=_ACTOR))


def _at_the_door(day: _Day, code: str) -> None:
    write(partial(orders.secure_by, code=code, how="cod", actor=_ACTOR))


def _not_yet(day: _Day, code: str) -> None:
    """The page with the QR is open, no money came."""


_half = partial(_transfer, parts=(40,))
_twice = partial(_transfer, parts=(100, 100))
_too_much = partial(_transfer, rest_vnd=15_000)

_SALES = (
    _Sale("Chị Thủy", 0, 2, _transfer, _GIVEN),
    _Sale("Anh Dũng", 1, 1, _transfer, _GIVEN),
    _Sale("Cô Mai", 2, 1, _at_the_table, _GIVEN),
    _Sale("Bác Hòa", 0, 1, _transfer, _PACKED),
    _Sale("Chị Hằng", 1, 2, _too_much, _PACKED),
    _Sale("Anh Tuấn", 2, 2, _twice),
    _Sale("Chị Nga", 0, 3, _transfer),
    _Sale("Cô Yến", 1, 1, _half),
    _Sale("Anh Sơn", 2, 1, _at_the_door),
    _Sale("Chị Loan", 0, 1, _not_yet),
)
_LOOSE = (
    ("NGUYEN THI LAN chuyen tien mua che", 195_000),
    ("Tien hang hom qua", 90_000),
    ("PHI DICH VU SMS BANKING", -11_000),
)
"""Movements that name no order: what the bank's text says, đồng."""


@demo_group.command("day")
def demo_day() -> None:
    """Sell for a day at the first demo seller: ten orders, and money for a person to look at."""
    settings: Settings = current_app.config["SETTINGS"]
    fill_if_empty()
    found = [seller.id for seller in sellers.all_sellers(db.session()) if seller.demo]
    if not settings.demo or not found:
        click.echo("This market has no demo seller.", err=True)
        raise SystemExit(1)
    day = write(partial(_begin, seller_id=found[0]))
    members_book.open_book(day.seller_id)
    for sale in _SALES:
        emit({"buyer": sale.buyer, "order": _sell(day, sale)})
    for content, vnd in _LOOSE:
        day.bank(content, vnd)
    paid = members_book.pay_members(day.seller_id)
    if paid is not None:
        day.bank(paid.text, -paid.total_vnd)
    outbox.run_pending()


def _begin(session: Session, seller_id: str) -> _Day:
    account = accounts.receiving(session, seller_id)
    feed = feeds.of_account(session, account.id, _PROVIDER)
    return _Day(seller_id, account.id, feed.id, _OPENING_VND)


def _sell(day: _Day, sale: _Sale) -> str:
    code = write(partial(_place, seller_id=day.seller_id, sale=sale))
    sale.pay(day, code)
    outbox.run_pending()
    write(partial(_go, code=code, seller_id=day.seller_id, went=sale.went))
    outbox.run_pending()
    return code


def _place(session: Session, seller_id: str, sale: _Sale) -> str:
    phone = f"+84900{secrets.randbelow(_NUMBERS):06d}"
    person_id = people.find_or_create(session, phone, sale.buyer)
    goods = [
        one
        for one in listings.of_seller(session, seller_id)
        if one.on_sale and not one.is_combo and not one.by_weight and one.forecast_id is None
    ]
    one = goods[sale.goods % len(goods)]
    line = PlaceLine(one.id, sale.packs, one.price_vnd)
    buyer = Buyer(person_id, None, sale.buyer, phone)
    wanted = PlaceOrder(seller_id, buyer, "web", DeliveryChoice(PICKUP), (line,))
    return orders.place(session, wanted)


def _go(session: Session, code: str, seller_id: str, went: int) -> None:
    """Into the box, and into the buyer's hand, as far as the story goes."""
    if went >= _PACKED:
        fulfilment.pack(session, code, _ACTOR)
    if went >= _GIVEN:
        label = shipments.for_order(session, code).label_code
        handing.hand_over(session, seller_id, label, HandOver(_ACTOR))
