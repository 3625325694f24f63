"""The receipt as a page and as a picture, and the page on which anybody checks one."""

from flask import Blueprint, Response, current_app, make_response, render_template

from core import qr_image
from core.config import Settings
from core.db import db
from core.phone import format_phone
from payments.receipts import receipts

blueprint = Blueprint("receipts", __name__, template_folder="templates")

_CHECK = "/receipts/check"
_PICTURE_KEPT_S = 365 * 86400


@blueprint.get(_CHECK)
def check() -> str:
    """The check page; the token stays in the fragment and never reaches us."""
    return render_template("payments/check.html")


@blueprint.get("/receipts/<string:receipt_id>")
def show(receipt_id: str) -> Response:
    """A receipt; whoever has its unguessable id may see it."""
    receipt = receipts.get(db.session(), receipt_id)
    page = render_template(
        "payments/receipt.html",
        receipt=receipt,
        facts=receipt.facts,
        phone=format_phone(receipt.facts.seller_phone),
        check_path=f"{_CHECK}#{receipt.token}",
    )
    return _not_indexed(make_response(page))


@blueprint.get("/receipts/<string:receipt_id>/qr.svg")
def qr_svg(receipt_id: str) -> Response:
    """The receipt's QR for page and print."""
    receipt = receipts.get(db.session(), receipt_id)
    return _picture(qr_image.svg(_check_url(receipt.token)), "image/svg+xml")


@blueprint.get("/receipts/<string:receipt_id>/qr.png")
def qr_png(receipt_id: str) -> Response:
    """The receipt's QR to keep and share."""
    receipt = receipts.get(db.session(), receipt_id)
    return _picture(qr_image.png(_check_url(receipt.token)), "image/png")


def _check_url(token: str) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return f"{settings.public_url}{_CHECK}#{token}"


def _picture(content: str | bytes, kind: str) -> Response:
    response = make_response(content)
    response.mimetype = kind
    response.headers["Cache-Control"] = f"private, max-age={_PICTURE_KEPT_S}, immutable"
    return _not_indexed(response)


def _not_indexed(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex"
    return response
