"""The cooperative's morning page: what to do first. Sums of money are for those who keep the book."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from catalog import access
from core import clock
from core.db import db
from core.http.current import current_login
from core.identity import sellers
from payments.desk import aged, rights
from shop.morning import goods_news, orders_due, week
from shop.morning.week import Day

blueprint = Blueprint("shop_morning", __name__, url_prefix="/console/<seller>")

_TALLEST = 96


@blueprint.get("/today")
def morning_page(seller: str) -> ResponseReturnValue:
    login = access.require(current_login(), seller, access.STAFF)
    keeps_book = login.works_for(seller, *access.KEEPERS)
    sees_money = login.works_for(seller, *rights.SEERS)
    days = week.of_seller(db.session(), seller) if keeps_book else ()
    return render_template(
        "shop/morning.html",
        seller=sellers.facts(db.session(), seller),
        desk_tab="today",
        today=clock.today(),
        due=orders_due.of_seller(db.session(), seller),
        news=goods_news.of_seller(db.session(), seller),
        aged=aged.of_seller(db.session(), seller) if sees_money else None,
        carers=rights.carers(db.session(), seller) if sees_money else (),
        now_ms=clock.now_ms(),
        may_pack=login.works_for(seller, *access.STOCKERS),
        sees_money=sees_money,
        week=days,
        bars=_bars(days),
    )


def _bars(days: tuple[Day, ...]) -> list[tuple[Day, int, int]]:
    """Each day with the heights of its two parts, px, the best day being the tallest."""
    most = max((day.sum_vnd for day in days), default=0) or 1
    return [
        (day, day.bank_vnd * _TALLEST // most, day.attested_vnd * _TALLEST // most) for day in days
    ]
