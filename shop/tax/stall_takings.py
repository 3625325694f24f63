"""Sales by hand at a stall come into the books: heard from the catalogue, which knows goods and no money."""

from sqlalchemy.orm import Session

from catalog.events import StallSold
from core import outbox
from payments.ledger import takings
from payments.ledger.takings import Taking


def subscribe() -> None:
    """Hear of sales by hand."""
    outbox.subscribe(StallSold, stall_sold)


def stall_sold(session: Session, event: StallSold) -> None:
    """Book what was taken; given away for nothing, there is nothing to book."""
    if event.took_vnd > 0:
        taking = Taking(event.seller_id, event.sale, event.took_vnd, event.sold_ms)
        takings.take(session, taking)
