"""The money front page of a seller's console: one look at all money, and the ways to its desks."""

from flask import Blueprint, render_template

from core import clock
from core.db import db
from core.http.current import current_login
from core.identity import sellers
from payments.desk import aged, cards, front, kinds, rights

blueprint = Blueprint("money", __name__, url_prefix="/console/<seller>/money")


@blueprint.get("")
def front_page(seller: str) -> str:
    """Today's money, what waits with its age, the accounts and who watches them, cards to the rest."""
    login = rights.seer(current_login(), seller)
    session = db.session()
    return render_template(
        "payments/money.html",
        seller=sellers.facts(session, seller),
        now_ms=clock.now_ms(),
        today=front.today(session, seller),
        aged=aged.of_seller(session, seller),
        carers=rights.carers(session, seller),
        kind_words=kinds.words,
        waiting=front.waiting(session, seller),
        watched=front.watched(session, seller),
        cards=cards.drawn(session, login, seller),
    )
