"""One reminder to those who ordered in a show and have not paid, read on the buyer's own page.

Nothing is sent anywhere: who has no open page is on the call list. Refuses to remind twice.
"""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.identity.logins import Login
from livestream import log
from livestream.errors import SessionStillRuns
from livestream.models import Claim
from livestream.shows.show_models import UnpaidReminder
from livestream.states import OVER

"""The states in which a show is over."""


def unpaid(session: Session, session_id: str, seller_ids: Collection[str]) -> tuple[str, ...]:
    """The unpaid orders of these sellers in the session that nobody was reminded of."""
    query = (
        select(Claim.order_code)
        .where(
            Claim.session_id == session_id,
            Claim.seller_id.in_(list(seller_ids)),
            Claim.state == "ordered",
            Claim.order_code.not_in(select(UnpaidReminder.order_code)),
        )
        .distinct()
        .order_by(Claim.order_code)
    )
    return tuple(code for code in session.scalars(query) if code)


def remind(
    session: Session, session_id: str, seller_ids: Collection[str], by_person_id: str
) -> int:
    """Remind the buyers of those orders, each once for good; returns how many orders that was.

    Raises:
        NotFound: no such session. SessionStillRuns: it is not over.
    """
    turn = log.begin(session, session_id)
    if turn.state not in OVER:
        raise SessionStillRuns()
    codes = unpaid(session, session_id, seller_ids)
    for code in codes:
        values: dict[str, object] = {"order_code": code, "session_id": session_id}
        insert_new(
            session,
            UnpaidReminder,
            {**values, "by_person_id": by_person_id, "at_ms": clock.now_ms()},
        )
    return len(codes)


def of_buyer(session: Session, session_id: str, login: Login | None) -> int:
    """How many unpaid orders of `login` in this session the seller reminds of."""
    if login is None or login.person_id is None:
        return 0
    query = (
        select(Claim.order_code)
        .join(UnpaidReminder, UnpaidReminder.order_code == Claim.order_code)
        .where(
            Claim.session_id == session_id,
            Claim.person_id == login.person_id,
            Claim.state == "ordered",
        )
        .distinct()
    )
    if login.unproved_device_id is not None:
        query = query.where(Claim.device_id == login.unproved_device_id)
    return len(session.scalars(query).all())
