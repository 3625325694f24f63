"""The desk's own cards on the money front page."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from core.identity.logins import Login
from payments.desk import cards, lines
from payments.desk.cards import Card


def add() -> None:
    """Show the way to money that waits, before all others."""
    cards.add(10, "inbox", _inbox)


def _inbox(session: Session, login: Login, seller_id: str) -> Card:
    number = lines.waiting(session, seller_id).number
    return Card(
        "money/inbox",
        "clipboard-list",
        _("Tiền chờ xử lý"),
        _("Tiền vào không rõ của ai, chuyển thừa, tiền ra chưa rõ việc gì"),
        ngettext("%(num)s khoản", "%(num)s khoản", number) if number else "",
    )
