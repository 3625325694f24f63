"""The page that compares an account with the bank's balances, day by day."""

from flask import Blueprint, render_template, request

from core.db import db
from core.errors import NotFound
from core.http.current import current_login
from core.identity import sellers
from payments.bank import accounts
from payments.desk import rights
from payments.statements import days

blueprint = Blueprint("money_days", __name__, url_prefix="/console/<seller>/money/days")


@blueprint.get("")
def days_page(seller: str) -> str:
    """The days of the account asked for, or else of the first one."""
    rights.seer(current_login(), seller)
    session = db.session()
    mine = accounts.of_seller(session, seller)
    asked = request.args.get("account", "")
    chosen = next((one for one in mine if one.id == asked or not asked), None)
    if asked and chosen is None:
        raise NotFound()
    return render_template(
        "payments/days.html",
        seller=sellers.facts(session, seller),
        accounts=mine,
        chosen=chosen,
        days=days.of_account(session, chosen.id, days.SHOWN_DAYS) if chosen else (),
    )
