"""What outcomes of complaints gave back of an order: for those who work out what goes back in all."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.cases.case_rules import ORDER, REFUND
from shop.cases.models import Case


def of_order_vnd(session: Session, code: str) -> int:
    """How many đồng the outcomes of complaints about order `code` gave back, in all."""
    query = select(func.sum(Case.amount_vnd)).where(
        Case.subject_kind == ORDER, Case.subject_id == code, Case.outcome == REFUND
    )
    return int(session.scalar(query) or 0)
