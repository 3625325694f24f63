"""A seller's household tax: the month in plain words, each order, files to take along, the choice of how."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from marshmallow import fields, validate
from sqlalchemy.orm import Session

from core.client_ids import JsonObject
from core.db import db
from core.errors import BadRequest
from core.http import steps
from core.http.current import current_login
from core.http.fields import Body, ClientId
from core.identity import logins, sellers
from core.tables import sheets
from payments.desk import rights
from shop.fees import months
from shop.tax import modes, rating, tax_facts, tax_sheet
from shop.tax.tax_rules import MODES

blueprint = Blueprint("shop_tax", __name__, url_prefix="/console/<seller>/tax")

CHOOSERS = ("owner", "manager")
FILES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_SHOWN = 200


class ModeForm(Body):
    """How the seller's tax is done from now on."""

    client_id = ClientId()
    tax_mode = fields.String(required=True, validate=validate.OneOf(MODES))


@blueprint.get("")
def tax_page(seller: str) -> ResponseReturnValue:
    login = rights.seer(current_login(), seller)
    session, month = db.session(), asked_month()
    of_month = {one.month: one for one in tax_facts.months(session, seller)}
    return render_template(
        "shop/tax.html",
        seller=sellers.facts(session, seller),
        month=month,
        now=of_month.get(month),
        months=tuple(of_month.values()),
        lines=tax_facts.lines(session, seller, month, _MOST_SHOWN),
        by_hand=tax_facts.by_hand(session, seller, month),
        year=tax_facts.year(session, seller, month.year),
        rate=rating.at(session, month.ends_ms - 1),
        mode=modes.of_seller(session, seller),
        may_choose=login.works_for(seller, *CHOOSERS),
        percent=tax_sheet.percent,
        most=_MOST_SHOWN,
    )


@blueprint.get("/file")
def month_file(seller: str) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    session, month = db.session(), asked_month()
    entered = tax_facts.lines(session, seller, month)
    table = tax_sheet.sheet(sellers.facts(session, seller), month, entered)
    return as_file(table, f"thue-{month.key}")


@blueprint.post("/mode")
def choose(seller: str) -> ResponseReturnValue:
    login = logins.require_staff(current_login(), seller, *CHOOSERS)

    def act(session: Session, body: JsonObject) -> None:
        modes.choose(session, seller, str(body["tax_mode"]), login.actor)

    steps.take(login, act, ModeForm)
    return redirect(f"/console/{seller}/tax", steps.SEE_OTHER)


def asked_month() -> months.Month:
    """The month the address names, else the one that runs. Raises BadRequest."""
    written = request.args.get("month", "")
    return months.parse(written) if written else months.this_month()


def as_file(table: sheets.Sheet, name: str) -> ResponseReturnValue:
    """`table` as the kind of file the address asks for (`as`). Raises BadRequest."""
    kind = request.args.get("as", "csv")
    if kind not in FILES:
        raise BadRequest(field="as")
    db.session.remove()  # the file is made without holding a connection
    answer = make_response(sheets.as_csv(table) if kind == "csv" else sheets.as_xlsx(table))
    answer.content_type = FILES[kind]
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return answer
