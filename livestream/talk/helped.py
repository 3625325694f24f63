"""Who of the seller's people made a claim for somebody: the day's sheet tells what each moderator did."""

from typing import cast

from sqlalchemy import Table, insert, literal, select
from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import Login
from livestream.models import Claim
from livestream.talk.chat_models import HelpedClaim


def note(session: Session, claim_id: str, by: Login) -> None:
    """Write down that `by` made this claim for its buyer.

    Precondition: the claim is new in this transaction, so nobody noted it before.
    """
    if by.person_id is None:
        return
    table = cast(Table, HelpedClaim.__table__)
    who = select(Claim.id, Claim.seller_id, literal(by.person_id), literal(clock.now_ms())).where(
        Claim.id == claim_id
    )
    names = ["claim_id", "seller_id", "by_person_id", "at_ms"]
    session.execute(insert(table).from_select(names, who))
