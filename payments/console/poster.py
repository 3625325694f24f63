"""The stall's own QR to print: who is paid, at which account, and how, in words read from a metre away.

Its code names no sum and no order. What comes by it has no order's code, so it waits in the inbox, where a
person places it (proposals by sum and hour).
"""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from core import qr_image
from core.db import db
from core.http.current import current_login
from core.identity import sellers
from core.identity.logins import Login
from payments.bank import accounts
from payments.bank.accounts import AccountFacts
from payments.desk import rights
from payments.desk.cards import Card
from payments.errors import NoReceivingAccount
from payments.qr import vietqr
from payments.qr.vietqr import VietQR

blueprint = Blueprint("stall_poster", __name__, url_prefix="/console/<seller>/money/poster")


@blueprint.get("")
def show(seller: str) -> str:
    rights.seer(current_login(), seller)
    account = _account(db.session(), seller)
    return render_template(
        "payments/stall_poster.html",
        seller=sellers.facts(db.session(), seller),
        account=account,
        number=_in_fours(account.number) if account else "",
        drawing=_drawing(account) if account else "",
    )


def card(_session: Session, _login: Login, _seller: str) -> Card:
    """The way here from the money front page."""
    return Card(
        "money/poster",
        "qr-code",
        _("Tờ QR để ở quầy"),
        _("In khổ A4 hoặc A5, khách quét rồi tự gõ số tiền"),
    )


def _account(session: Session, seller_id: str) -> AccountFacts | None:
    try:
        return accounts.receiving(session, seller_id)
    except NoReceivingAccount:
        return None


def _drawing(account: AccountFacts) -> Markup:
    """A static VietQR of the account."""
    payload = vietqr.write(VietQR(account.bin, account.number, dynamic=False))
    return Markup(qr_image.svg(payload))


def _in_fours(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))
