"""Pages of many listings: a search, a kind, a commune, a seller. They hold no facts of whoever looks."""

from dataclasses import replace

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from catalog import asked, browse, scale_back
from catalog.asked import Asked
from catalog.communes import COMMUNES
from catalog.kinds import KINDS
from core import clock
from core.db import db
from core.errors import N_, NotFound
from core.phone import format_phone

blueprint = Blueprint("catalog", __name__, template_folder="../templates")

_SUGGESTED = (
    N_("chè"),
    N_("gạo"),
    N_("miến"),
    N_("mật ong"),
    N_("na"),
    N_("bánh chưng"),
    N_("nấm"),
    N_("gà"),
    N_("nghệ"),
    N_("trà"),
)


@blueprint.get("/search")
def search_page() -> ResponseReturnValue:
    return _results(asked.read(request.args))


@blueprint.get("/search/ranking")
def ranking_page() -> ResponseReturnValue:
    return render_template("catalog/ranking.html", window=browse.RANKED_TOGETHER)


@blueprint.get("/ahead")
def ahead_page() -> ResponseReturnValue:
    came, rows = scale_back.example()
    return render_template("catalog/ahead.html", came=came, rows=rows)


@blueprint.get("/kinds")
def kinds_page() -> ResponseReturnValue:
    return render_template("catalog/kinds.html", shelf=browse.shelf(db.session()))


@blueprint.get("/kinds/<kind>")
def kind_page(kind: str) -> ResponseReturnValue:
    if kind not in KINDS:
        raise NotFound()
    return _results(Asked(replace(asked.read(request.args).wanted, kind=kind)))


@blueprint.get("/communes/<commune>")
def commune_page(commune: str) -> ResponseReturnValue:
    if commune not in COMMUNES:
        raise NotFound()
    return _results(Asked(replace(asked.read(request.args).wanted, commune=commune)))


def _results(question: Asked) -> ResponseReturnValue:
    after = request.args.get("after")
    found = browse.results(db.session(), question.wanted, after)
    return render_template(
        "catalog/search.html",
        asked=question,
        wanted=question.wanted,
        found=found,
        first_page=after is None,
        most=browse.RANKED_TOGETHER,
        kinds=KINDS,
        communes=COMMUNES,
        seller=browse.seller_name(db.session(), question.wanted.seller),
        suggested=_SUGGESTED,
    )


@blueprint.get("/sellers/<seller>")
def seller_page(seller: str) -> ResponseReturnValue:
    page = browse.seller_page(db.session(), seller)
    return render_template(
        "catalog/seller.html",
        seller=page.seller,
        cards=page.cards,
        papers_held=page.papers,
        today=clock.today(),
        phone=format_phone(page.seller.phone),
    )
