"""Who of a seller's people may see its money, and who may say where it goes."""

from sqlalchemy.orm import Session

from core.identity import logins, staff
from core.identity.logins import Login
from core.identity.staff import StaffFacts

SEERS = ("owner", "manager", "accountant")
"""Those who may look at all money of the seller and place what waits for a person."""
OWNERS = ("owner",)
"""Those who decide which account buyers pay to."""


def seer(login: Login | None, seller_id: str) -> Login:
    """`login`, if it may see the seller's money.

    Raises:
        LoginRequired: nobody is signed in. NotFound: they may not.
    """
    return logins.require_staff(login, seller_id, *SEERS)


def carers(session: Session, seller_id: str) -> tuple[StaffFacts, ...]:
    """Who is to look after money that waits: the seller's accountants; where there are none, its owners."""
    return staff.of_seller(session, seller_id, ("accountant",)) or staff.of_seller(
        session, seller_id, OWNERS
    )


def owner(login: Login | None, seller_id: str) -> Login:
    """`login`, if it is one of the seller's owners.

    Raises:
        LoginRequired: nobody is signed in. NotFound: they are not.
    """
    return logins.require_staff(login, seller_id, *OWNERS)
