"""Owners hear at once of every step that concerns where their money arrives (`payments.receiving`).

Refuses to say a number in full: a notice may be read over a shoulder.
"""

from sqlalchemy.orm import Session

from core.http.pages import when
from core.identity import sellers
from payments.bank import accounts
from payments.events import FeedConnected, ReceivingAccountTold
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


def feed_connected(session: Session, event: FeedConnected) -> None:
    """Tell all owners that somebody is believed from now on about money on an account."""
    account = accounts.facts(session, event.account_id)
    facts = {
        "seller": sellers.facts(session, event.seller_id).name,
        "bank": f"{account.bank_name} {account.masked_number}",
    }
    path = f"/console/{event.seller_id}/money/feeds"
    news = News("feed_connected", event.feed_id, event.seller_id, path, facts)
    telling.tell_owners(session, news)
