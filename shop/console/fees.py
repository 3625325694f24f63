"""A seller's platform fees: by what rules, this month and before, each order, the invoices."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from catalog.kinds import KINDS
from core import clock, qr_image
from core.db import db
from core.http.current import current_login
from core.identity import sellers
from payments.desk import rights
from shop.console.tax import as_file, asked_month
from shop.fees import fee_facts, fee_sheet, invoice_facts, ruling
from shop.tax.tax_sheet import percent

blueprint = Blueprint("shop_fees", __name__, url_prefix="/console/<seller>/fees")

_MOST_SHOWN = 200


@blueprint.get("")
def fees_page(seller: str) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    session, month = db.session(), asked_month()
    of_month = {one.month: one for one in fee_facts.months(session, seller)}
    rules = ruling.in_force(session, clock.now_ms())
    return render_template(
        "shop/fees_month.html",
        seller=sellers.facts(session, seller),
        month=month,
        now=of_month.get(month),
        months=tuple(of_month.values()),
        lines=fee_facts.lines(session, seller, month, _MOST_SHOWN),
        rules=[rule for rule in rules if fee_facts.fits_seller(rule, seller)],
        kinds=KINDS,
        invoices=invoice_facts.of_seller(session, seller),
        percent=percent,
        most=_MOST_SHOWN,
    )


@blueprint.get("/file")
def month_file(seller: str) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    month = asked_month()
    entered = fee_facts.lines(db.session(), seller, month)
    return as_file(fee_sheet.sheet(f"phi-{month.key}", entered), f"phi-cho-{month.key}")


@blueprint.get("/invoices/<int(max=999999999):number>")
def invoice_page(seller: str, number: int) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    opened = invoice_facts.opened(db.session(), seller, number)
    payload = opened.payment.qr_payload if opened.payment and not opened.invoice.paid_ms else None
    return render_template(
        "shop/fee_invoice.html",
        seller=sellers.facts(db.session(), seller),
        opened=opened,
        # Our own drawing of digits: nothing in it was typed by anybody.
        picture=Markup(qr_image.svg(payload)) if payload else "",
    )


@blueprint.get("/invoices/<int(max=999999999):number>/file")
def invoice_file(seller: str, number: int) -> ResponseReturnValue:
    rights.seer(current_login(), seller)
    opened = invoice_facts.opened(db.session(), seller, number)
    table = fee_sheet.sheet(f"hoa-don-phi-{number}", opened.lines)
    return as_file(table, f"hoa-don-phi-{number}")
