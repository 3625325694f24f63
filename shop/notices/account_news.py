"""Owners hear at once of every step that concerns where their money arrives (`payments.receiving`).

Refuses to say a number in full: a notice may be read over a shoulder.
"""

from sqlalchemy.orm import Session

from core.http.pages import when
from core.identity import sellers
from payments.bank import accounts
from payments.events import ReceivingAccountTold
from payments.receiving import changes
from shop.notices import telling
from shop.notices.telling import News


def receiving_told(session: Session, event: ReceivingAccountTold) -> None:
    """Tell all owners of the seller, once for each step."""
    account = accounts.facts(session, event.account_id)
    from_ms = changes.facts(session, event.change_id).from_ms if event.change_id else None
    facts = {
        "seller": sellers.facts(session, event.seller_id).name,
        "bank": f"{account.bank_name} {account.masked_number}",
        "until": when(from_ms) if from_ms else "",
    }
    path = f"/console/{event.seller_id}/money/accounts"
    of = event.change_id or event.account_id
    news = News(f"account_{event.step}", of, event.seller_id, path, facts)
    telling.tell_owners(session, news)
