"""The receipt as a page and as a picture, and the page on which anybody checks one.

The check page has a worker of its own under `/receipts/` (ADR 0040), which answers for that page and what it
is made of and for nothing else; the desk's and the notices' workers are others (ADR 0015, 0029).
"""

import hashlib
import json

from flask import Blueprint, Response, current_app, make_response, render_template
from flask_babel import gettext as _

from core import qr_image
from core.config import Settings
from core.db import db
from core.http import installing, pages
from core.money import format_vnd
from core.phone import format_phone
from core.slots import slot
from payments.receipts import paper, receipts, voids
from payments.receipts.paper import Said
from payments.receipts.receipts import Issued
from payments.receipts.words import method_words

blueprint = Blueprint("receipts", __name__, template_folder="templates")

_CHECK = "/receipts/check"
_KEPT = (
    "core/app.css",
    "core/base.js",
    "core/icons.svg",
    "core/qr-reader.js",
    "payments/check.css",
    "payments/receipt-check.js",
)
_KEPT_PICTURES = ("/static/art/favicon.svg", "/static/art/brocade.svg")
_PICTURE_KEPT_S = 365 * 86400


@blueprint.get(_CHECK)
def check() -> str:
    """The check page; the token stays in the fragment and never reaches us."""
    return render_template("payments/check.html")


@blueprint.get("/receipts/check.webmanifest")
def check_manifest() -> Response:
    """The check page on a home screen, where it opens without a network."""
    words = _("Máy của bạn tự kiểm tra chữ ký, không cần mạng.")
    return installing.manifest(_("Kiểm tra biên nhận"), words, _CHECK)


@blueprint.get("/receipts/worker.js")
def worker() -> Response:
    """The check page's worker; another build makes another script, so phones fetch its files anew."""
    files = [*(pages.asset(name) for name in _KEPT), *_KEPT_PICTURES]
    version = hashlib.sha256(" ".join(files).encode()).hexdigest()[:12]
    facts = json.dumps({"version": version, "files": files})
    script = f'self.CHECK = {facts};\nimportScripts("{pages.asset("payments/check-worker.js")}");\n'
    return Response(script, mimetype="text/javascript")


@blueprint.get("/receipts/<string:receipt_id>")
def show(receipt_id: str) -> Response:
    """A receipt; whoever has its unguessable id may see it."""
    receipt = receipts.get(db.session(), receipt_id)
    page = render_template(
        "payments/receipt.html",
        receipt=receipt,
        facts=receipt.facts,
        void=voids.of_receipt(db.session(), receipt.id),
        method=method_words(receipt.facts.method),
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


@blueprint.get("/receipts/<string:receipt_id>/a5.pdf")
def sheet_pdf(receipt_id: str) -> Response:
    """The receipt as a file, on A5."""
    receipt = receipts.get(db.session(), receipt_id)
    return _file(receipt, paper.sheet(receipt.facts, _said(receipt)))


@blueprint.get("/receipts/<string:receipt_id>/slip.pdf")
def slip_pdf(receipt_id: str) -> Response:
    """The receipt as a file for an 80 mm roll."""
    receipt = receipts.get(db.session(), receipt_id)
    return _file(receipt, paper.slip(receipt.facts, _said(receipt)))


def _said(receipt: Issued) -> Said:
    """What stands on paper beside the facts; paper says as of when it knows."""
    void = voids.of_receipt(db.session(), receipt.id)
    back_vnd = receipt.standing.refunded_vnd
    standing = [_("Đã hủy lúc %(time)s", time=pages.when(void.at_ms))] if void else []
    if back_vnd:
        standing.append(_("Đã hoàn lại %(sum)s", sum=format_vnd(back_vnd)))
    invoice = slot("receipt.invoice_words", order_code=receipt.facts.code)
    phone = format_phone(receipt.facts.seller_phone)
    words = tuple(standing) or (_("Đã thanh toán"),)
    return Said(words, invoice.unescape(), _check_url(receipt.token), phone)


def _file(receipt: Issued, content: bytes) -> Response:
    response = make_response(content)
    response.mimetype = "application/pdf"
    name = f"bien-nhan-{receipt.facts.code}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return _not_indexed(response)


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
