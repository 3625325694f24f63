"""Cash taken at the door for what a parcel holds: all that is owed, or a word of what differs."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core.money import format_vnd
from payments import payments
from shop.cash.errors import CashDiffers
from shop.ordering import securing
from shop.ordering.order_facts import reference_of


def collect(session: Session, codes: Sequence[str], took_vnd: int, actor: str) -> None:
    """Attest that `actor` took `took_vnd` for the orders `codes`: each payment is settled and receipted.

    Raises:
        CashDiffers: they owe another sum; nothing was attested. NotFound: there is no such order.
        BadTransition: one ended without goods, or they came back.
    """
    due = {code: payments.facts(session, reference_of(code)).due_vnd for code in codes}
    owed_vnd = sum(due.values())
    if owed_vnd != took_vnd:
        raise CashDiffers(format_vnd(owed_vnd), format_vnd(took_vnd))
    for code in sorted(code for code in codes if due[code]):
        securing.take_cash(session, code, actor)
