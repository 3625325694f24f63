"""Rows of lists and payouts, locked for whoever changes them: people (`paying`) and the bank (`proving`).

Refuses to read for pages: they lock nothing.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import NotFound
from payments.payouts.models import Payout, PayRun


def locked_run(session: Session, seller_id: str, run_id: str) -> PayRun:
    """The seller's run, ours until the end of the transaction; raises NotFound."""
    query = select(PayRun).where(PayRun.id == run_id, PayRun.seller_id == seller_id)
    run = session.scalars(query.with_for_update().execution_options(populate_existing=True)).first()
    if run is None:
        raise NotFound()
    return run


def of_run(session: Session, run_id: str) -> Sequence[Payout]:
    """The payouts of a run, locked, by name."""
    query = select(Payout).where(Payout.run_id == run_id).order_by(Payout.name, Payout.id)
    return session.scalars(query.with_for_update().execution_options(populate_existing=True)).all()
