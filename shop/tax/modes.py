"""Whether a seller's tax is computed, computed and put on the platform's invoice, or left alone.

A choice is for orders paid after it; it is kept with who and when. Refuses to change what is entered.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import BadRequest
from core.identity import sellers
from shop.tax.models import TaxMode
from shop.tax.tax_rules import MODES, default_mode


def of_seller(session: Session, seller_id: str) -> str:
    """The mode of the seller now: its newest choice, else its kind's default. Raises NotFound."""
    newest = _newest(session, seller_id)
    return newest.mode if newest else default_mode(sellers.facts(session, seller_id).kind)


def choose(session: Session, seller_id: str, mode: str, actor: str) -> None:
    """Keep the seller's choice from now on; the same again changes nothing.

    Raises:
        BadRequest: there is no such mode.
    """
    if mode not in MODES:
        raise BadRequest(field="tax_mode")
    if of_seller(session, seller_id) == mode:
        return
    newest = _newest(session, seller_id)
    number = newest.number + 1 if newest else 1
    session.add(
        TaxMode(seller_id=seller_id, number=number, mode=mode, actor=actor, from_ms=clock.now_ms())
    )
    session.flush()


def _newest(session: Session, seller_id: str) -> TaxMode | None:
    query = select(TaxMode).where(TaxMode.seller_id == seller_id)
    return session.scalars(query.order_by(TaxMode.number.desc()).limit(1)).one_or_none()
