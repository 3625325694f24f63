"""The ways from the money front page to statements, and the alarm of days that do not add up."""

from flask_babel import gettext
from sqlalchemy.orm import Session

from core.identity.logins import Login
from payments.desk import cards
from payments.desk.cards import Card
from payments.statements import days


def add() -> None:
    """Show the cards of statement files and of the days."""
    cards.add(40, "statements", _statements)
    cards.add(41, "days", _days)


def _statements(_session: Session, _login: Login, _seller_id: str) -> Card:
    return Card(
        "money/statements",
        "file-spreadsheet",
        gettext("Sao kê ngân hàng"),
        gettext("Đưa file sao kê vào, xem trước rồi ghi; không dòng nào bị ghi hai lần"),
    )


def _days(session: Session, _login: Login, seller_id: str) -> Card:
    broken = days.broken_days(session, seller_id)
    return Card(
        "money/days",
        "calendar-check",
        gettext("Đối chiếu ngày"),
        gettext("Số dư ngân hàng so với sổ: đủ hay lệch, lệch từ khoản nào"),
        gettext("lệch %(n)s ngày", n=broken) if broken else "",
    )
