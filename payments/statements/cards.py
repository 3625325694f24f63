"""The ways from the money front page to statements."""

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.identity.logins import Login
from payments.desk import cards
from payments.desk.cards import Card


def add() -> None:
    """Show the card of statement files."""
    cards.add(40, "statements", _statements)


def _statements(_session: Session, _login: Login, _seller_id: str) -> Card:
    return Card(
        "money/statements",
        "file-spreadsheet",
        gettext("Sao kê ngân hàng"),
        gettext("Đưa file sao kê vào, xem trước rồi ghi; không dòng nào bị ghi hai lần"),
    )
