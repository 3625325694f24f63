"""Who may run, moderate and look behind a session: hosts, moderators, sellers concerned.

Money and buyers of a seller are for that seller alone, also inside a shared session; unknown and not
yours look the same (promise P11).
"""

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from core.errors import LoginRequired, NotFound
from core.identity.logins import Login
from livestream.models import Claim, LiveSession, Pin
from livestream.together.together_models import Invitation

HOSTS = ("owner", "manager", "host")
MODERATORS = (*HOSTS, "moderator")
MONEY = (*HOSTS, "accountant")
"""Who of a seller's people sees its sums; a moderator or packer does not."""


def hosts(session: Session, session_id: str, login: Login | None) -> bool:
    """Whether `login` runs the show: owner, manager or host at the organiser."""
    return _works_for_organiser(session, session_id, login, HOSTS)


def moderates(session: Session, session_id: str, login: Login | None) -> bool:
    """Whether `login` sees the unclear comments: a host, or a moderator at the organiser."""
    return _works_for_organiser(session, session_id, login, MODERATORS)


def require_host(session: Session, session_id: str, login: Login | None) -> Login:
    """`login`, if it runs the show.

    Raises:
        LoginRequired: nobody is signed in. NotFound: no such session, or not theirs.
    """
    return _require(session, session_id, login, HOSTS)


def require_moderator(session: Session, session_id: str, login: Login | None) -> Login:
    """`login`, if it moderates the session.

    Raises:
        LoginRequired: nobody is signed in. NotFound: no such session, or not theirs.
    """
    return _require(session, session_id, login, MODERATORS)


def require_pins_host(session: Session, session_id: str, code: str, login: Login | None) -> Login:
    """`login`, if it may change this pin's price and stock: it hosts for the pin's own seller.

    Raises:
        LoginRequired: nobody is signed in. NotFound: no such pin, or another seller's.
    """
    if login is None:
        raise LoginRequired()
    query = select(Pin.seller_id).where(Pin.session_id == session_id, Pin.code == code.upper())
    seller_id = session.scalar(query)
    if seller_id is None or not login.works_for(seller_id, *HOSTS):
        raise NotFound()
    return login


def sellers_concerned(session: Session, session_id: str) -> frozenset[str]:
    """The organiser, who agreed to sell, and who has a pin; empty if there is no such session."""
    organiser = select(LiveSession.seller_id).where(LiveSession.id == session_id)
    pinned = select(Pin.seller_id).where(Pin.session_id == session_id)
    agreed = select(Invitation.seller_id).where(
        Invitation.session_id == session_id, Invitation.state == "accepted"
    )
    return frozenset(session.scalars(union(organiser, pinned, agreed)))


def organiser_of(session: Session, session_id: str) -> str | None:
    """The seller whose show it is; None if there is no such session."""
    return session.scalar(select(LiveSession.seller_id).where(LiveSession.id == session_id))


def hosted_sellers(login: Login | None) -> tuple[str, ...]:
    """The sellers for which `login` may pin, price and show goods.

    Raises:
        LoginRequired: nobody is signed in.
    """
    if login is None:
        raise LoginRequired()
    return tuple(one for one in login.seller_ids if login.works_for(one, *HOSTS))


def own_sellers(
    session: Session, session_id: str, login: Login | None, roles: tuple[str, ...] = MONEY
) -> tuple[str, ...]:
    """The sellers concerned by the session for which `login` has one of `roles`: its money by default.

    Raises:
        LoginRequired: nobody is signed in. NotFound: none of them is theirs.
    """
    if login is None:
        raise LoginRequired()
    concerned = sellers_concerned(session, session_id)
    theirs = tuple(sorted(one for one in concerned if login.works_for(one, *roles)))
    if not theirs:
        raise NotFound()
    return theirs


def money_sellers(login: Login) -> tuple[str, ...]:
    """The sellers whose sums `login` may see, in whatever session."""
    return tuple(one for one in login.seller_ids if login.works_for(one, *MONEY))


def people_of_numbers(session: Session, session_id: str, numbers: set[int]) -> set[str]:
    """The people behind claim numbers of a session."""
    query = select(Claim.person_id).where(
        Claim.session_id == session_id, Claim.number.in_(sorted(numbers))
    )
    return set(session.scalars(query))


def _require(
    session: Session, session_id: str, login: Login | None, roles: tuple[str, ...]
) -> Login:
    if login is None:
        raise LoginRequired()
    if not _works_for_organiser(session, session_id, login, roles):
        raise NotFound()
    return login


def _works_for_organiser(
    session: Session, session_id: str, login: Login | None, roles: tuple[str, ...]
) -> bool:
    organiser = organiser_of(session, session_id)
    return login is not None and organiser is not None and login.works_for(organiser, *roles)
