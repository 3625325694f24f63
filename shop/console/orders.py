"""The seller's list of orders, for its staff: who ordered what, who paid. Phones are shown here only."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from core.db import db
from core.errors import BadRequest, LoginRequired, NotFound
from core.http.current import current_login
from core.identity import sellers
from core.phone import format_phone
from shop.ordering import order_lists
from shop.ordering.order_lists import Show
from shop.staff.staff_orders import CHANNELS

blueprint = Blueprint("shop_console", __name__, url_prefix="/console")


@blueprint.get("/orders")
def orders_page() -> ResponseReturnValue:
    login = current_login()
    if login is None:
        raise LoginRequired()
    if not login.seller_ids:
        raise NotFound()
    show = _asked()
    before = request.args.get("before", "")
    page = order_lists.of_sellers(db.session(), login.seller_ids, show, before)
    return render_template(
        "shop/console_orders.html",
        page=page,
        show=show,
        shows=tuple(Show),
        names=sellers.facts_of(db.session(), login.seller_ids),
        read_phone=format_phone,
        channels=CHANNELS,
    )


def _asked() -> Show:
    try:
        return Show(request.args.get("show", Show.ALL))
    except ValueError as error:
        raise BadRequest(field="show") from error
