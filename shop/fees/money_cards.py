"""The cards of fees and tax on the money front page."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.identity.logins import Login
from payments.desk import cards
from payments.desk.cards import Card

_FEES_PLACE, _TAX_PLACE = 70, 80


def add() -> None:
    """Put both cards on the page."""
    cards.add(_FEES_PLACE, "fees", fees_card)
    cards.add(_TAX_PLACE, "tax", tax_card)


def fees_card(_session: Session, _login: Login, _seller_id: str) -> Card:
    """The way to the platform's fees."""
    return Card("fees", "store", _("Phí chợ"), _("Phí từng đơn, hóa đơn từng tháng"))


def tax_card(_session: Session, _login: Login, _seller_id: str) -> Card:
    """The way to the household's tax."""
    return Card("tax", "file-text", _("Thuế"), _("Chợ tính giúp theo tháng, tải cho kế toán"))
