"""The page a code on a pack leads to: where the lot comes from. Nobody has to sign in for it."""

from flask import Blueprint, redirect, render_template
from flask.typing import ResponseReturnValue

from catalog import provenance
from core import clock
from core.db import db
from core.errors import NotFound
from core.phone import format_phone

blueprint = Blueprint("trace", __name__, url_prefix="/trace", template_folder="../templates")

_SEE_OTHER = 303


@blueprint.get("/<lot>")
def trace_page(lot: str) -> ResponseReturnValue:
    found = provenance.named(db.session(), lot)
    if not found:
        raise NotFound()
    if len(found) > 1:
        return render_template("catalog/trace_choice.html", found=found)
    if found[0].id != lot:
        return redirect(f"/trace/{found[0].id}", _SEE_OTHER)
    page = provenance.read(db.session(), lot)
    return render_template(
        "catalog/trace.html",
        page=page,
        seller=page.seller,
        phone=format_phone(page.seller.phone),
        today=clock.today(),
    )
