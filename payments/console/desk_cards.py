"""The way to the money pages, and the desk's own cards on their front page."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from core import desk_tabs
from core.desk_tabs import Tab
from core.errors import N_
from core.identity.logins import Login
from payments.bank import feed_desk
from payments.bank.change_rules import WAITING
from payments.desk import cards, lines
from payments.desk.cards import Card
from payments.desk.rights import SEERS
from payments.receiving import changes


def add() -> None:
    """Show the tab, and the ways to money that waits, before all others, and to the accounts."""
    desk_tabs.add(Tab(40, "money", icon="banknote", words=N_("Tiền"), roles=SEERS))
    cards.add(10, "inbox", _inbox)
    cards.add(50, "accounts", _accounts)
    cards.add(55, "feeds", _feeds)


def _inbox(session: Session, login: Login, seller_id: str) -> Card:
    number = lines.waiting(session, seller_id).number
    return Card(
        "money/inbox",
        "clipboard-list",
        _("Tiền chờ xử lý"),
        _("Tiền vào không rõ của ai, chuyển thừa, tiền ra chưa rõ việc gì"),
        ngettext("%(num)s khoản", "%(num)s khoản", number) if number else "",
    )


def _accounts(session: Session, login: Login, seller_id: str) -> Card:
    waits = any(one.state == WAITING for one in changes.lately(session, seller_id))
    return Card(
        "money/accounts",
        "lock",
        _("Tài khoản nhận tiền"),
        _("Khách trả vào đâu, thêm tài khoản, đổi tài khoản"),
        _("đang chờ đổi") if waits else "",
    )


def _feeds(session: Session, login: Login, seller_id: str) -> Card:
    unread = len(feed_desk.unread(session, seller_id))
    return Card(
        "money/feeds",
        "radio",
        _("Nối ngân hàng"),
        _("Nghe tiền về ngay qua SePay, Casso, payOS"),
        _("%(n)s chưa đọc được", n=unread) if unread else "",
    )
