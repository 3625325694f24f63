"""What outcomes of complaints gave back of an order: for those who work out what goes back in all."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.cases.case_rules import ORDER
from shop.cases.models import Case


def of_order_vnd(session: Session, code: str) -> int:
    """How many đồng the outcomes of complaints about order `code` gave back, in all.

    Also those taken to an officer afterwards: what was owed back stays owed.
    """
    query = select(func.sum(Case.given_back_vnd)).where(
        Case.subject_kind == ORDER, Case.subject_id == code
    )
    return int(session.scalar(query) or 0)
