"""What the shop puts into places lower pages leave: the cart's count, one's own orders, ways of delivery."""

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from catalog import access
from core import desk_tabs, slots
from core.db import db
from core.desk_tabs import Tab
from core.errors import N_
from core.http.current import current_login
from core.identity import sellers
from core.phone import format_phone
from shop import links
from shop.buying import cart, receipt_goods
from shop.cases import case_facts
from shop.delivery import choices
from shop.delivery.quote import Parcel
from shop.invoices import invoice_facts
from shop.notices import call_desk
from shop.ordering import order_lists
from shop.ordering.at_risk import orders_at_risk
from shop.reliability import standing

_WHO_SELL = (*access.KEEPERS, "host", "accountant")
"""Those who see who bought what."""


def fill() -> None:
    """Take the shop's places."""
    slots.fill("nav.cart_count", cart_count)
    slots.fill("account.orders", my_orders)
    slots.fill("product.delivery", delivery_ways)
    slots.fill("stock.at_risk", at_risk)
    slots.fill("product.report", report_link)
    slots.fill("console.waiting", waiting_desks)
    slots.fill("account.office", office_desks)
    slots.fill("account.notices", notices_link)
    slots.fill("money.give_back", give_back)
    slots.fill("receipt.goods", receipt_goods_of)
    desk_tabs.add(
        Tab(10, "today", icon="calendar-clock", words=N_("Hôm nay")),
        Tab(20, "packing", icon="package-check", words=N_("Đóng hàng"), roles=access.STOCKERS),
        Tab(30, "hand-over", icon="truck", words=N_("Giao hàng")),
        Tab(80, "delivery", icon="route", words=N_("Cách giao")),
        Tab(90, "customers", icon="circle-user-round", words=N_("Khách"), roles=_WHO_SELL),
    )


def cart_count() -> Markup:
    """How many things wait in the cart; nothing for none, so that no empty badge shows."""
    login = current_login()
    number = cart.count(db.session(), login.actor) if login else 0
    return Markup(str(number)) if number else Markup("")


def give_back(seller_id: str, code: str) -> Markup:
    """The way to begin a refund of what came on top of an order."""
    return Markup(render_template("shop/give_back.html", seller_id=seller_id, code=code))


def receipt_goods_of(order_code: str) -> Markup:
    """What was packed for the order of a receipt, and where it comes from; nothing while nobody knows."""
    found = receipt_goods.of_order(db.session(), order_code)
    return Markup(render_template("shop/receipt_goods.html", goods=found)) if found else Markup("")


def delivery_ways(seller_id: str, most_transit_h: int | None = None) -> Markup:
    """How a seller hands over goods that bear so many hours on the road, before anything is in the cart."""
    parcel = Parcel(goods_vnd=0, grams=0, most_transit_h=most_transit_h)
    offered = choices.choices(db.session(), seller_id, parcel)
    if not offered:
        return Markup("")
    return Markup(render_template("shop/ways.html", ways=offered, seller_id=seller_id))


def my_orders() -> Markup:
    """The newest orders of whoever looks at their account."""
    login = current_login()
    mine = order_lists.of_buyer(db.session(), login) if login else ()
    page = render_template(
        "shop/my_orders.html",
        mine=mine,
        paths={order.code: links.order_path(order.code, order.capability) for order in mine},
        names=sellers.facts_of(db.session(), [order.seller_id for order in mine]),
    )
    return Markup(page)


def at_risk(seller_id: str, product_id: str) -> Markup:
    """The orders that cannot all be served of a product that is short, for the seller's own staff."""
    login = current_login()
    if login is None or not login.works_for(seller_id, *access.STOCKERS):
        return Markup("")
    found = orders_at_risk(db.session(), seller_id, product_id)
    if not found:
        return Markup("")
    return Markup(render_template("shop/at_risk.html", found=found, read_phone=format_phone))


def report_link(kind: str, subject_id: str) -> Markup:
    """The way to complain about a thing that is no order."""
    return Markup(render_template("shop/report_link.html", kind=kind, subject_id=subject_id))


def waiting_desks(seller_ids: Sequence[str]) -> Markup:
    """The ways to the desks where somebody waits for an answer, with how many wait."""
    login = current_login()
    read = [one for one in seller_ids if login and login.works_for(one, *access.READERS)]
    waiting = {one: case_facts.running_of_seller(db.session(), one) for one in read}
    calls = {one: call_desk.to_call(db.session(), one) for one in read}
    keeps = [one for one in read if login and login.works_for(one, *access.KEEPERS)]
    page = render_template(
        "shop/waiting_desks.html",
        waiting=waiting,
        calls=calls,
        asking={one: standing.waiting_at(db.session(), one) for one in keeps},
        invoices={one: invoice_facts.count_waiting(db.session(), one) for one in keeps},
        names=sellers.facts_of(db.session(), read),
    )
    return Markup(page)


def office_desks() -> Markup:
    """The way to every seller's complaints, for an officer; whoever asks has judged that."""
    return Markup(render_template("shop/office_desks.html"))


def notices_link() -> Markup:
    """The way to one's own notices, on a proved device."""
    login = current_login()
    if login is None or not login.verified:
        return Markup("")
    return Markup(render_template("shop/notices_link.html"))
