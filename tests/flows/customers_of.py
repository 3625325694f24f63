"""A note about the buyer in seller A's customer book."""

from sqlalchemy.orm import Session

from shop.customers import keeping
from tests.flows.market import Market


def fill(market: Market) -> None:
    """Note something of the buyer."""
    market.change(lambda session: _note(market, session))


def _note(market: Market, session: Session) -> None:
    seller, buyer = market.ids["seller"], market.ids["buyer"]
    keeping.note(session, seller, buyer, "thích chè đậm", "p:somebody")
    [note] = keeping.notes_of(session, seller, buyer)
    market.ids["customer_note"] = note.id
