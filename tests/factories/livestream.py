"""Shows, pins and claims for tests, made through the services."""

import itertools
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.identity.logins import Login
from livestream.desk import checkout, desk
from livestream.desk.checkout import BasketOrder
from livestream.desk.desk import Claimed, ClaimRequest
from livestream.desk.hold_rule import MINUTE_MS
from livestream.models import Claim, Pin
from livestream.pins.pins import NewPin
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from tests.factories.catalog import make_listing
from tests.factories.identity import make_login, make_person
from tests.factories.payments import Till, make_till
from tests.factories.shop import PICK_UP, make_ways

_names = itertools.cycle(("Hoa", "Lan", "Dung", "Minh", "Thảo"))


@dataclass(frozen=True)
class Show:
    """A session of one seller, who can be paid; its pins are A1, A2 … as they were asked for."""

    id: str
    seller_id: str
    till: Till


def make_show(
    session: Session,
    *packs: int,
    limit: int = 5,
    started: bool = True,
    hold_rule: str = "until_end_plus",
    minutes: int = 120,
) -> Show:
    """A running session whose pins sell so many packs of 200 g each for 60.000 đ (10 packs of A1 if none)."""
    till = make_till(session)
    make_ways(session, till.seller_id)
    seller_id = till.seller_id
    pinned = [
        NewPin(make_listing(session, seller_id, on_hand=number * 200 + 2000), number, 60_000, limit)
        for number in packs or (10,)
    ]
    hold_minutes = 30 if hold_rule == "until_end_plus" else 15
    end_ms = clock.now_ms() + minutes * MINUTE_MS
    new = NewSession(seller_id, "Chè xuân", end_ms, hold_rule, hold_minutes)
    session_id = sessions.create(session, new, pinned)
    if started:
        sessions.start(session, session_id)
    return Show(session_id, seller_id, till)


def make_buyer(session: Session, *, verified: bool = True) -> Login:
    """A buyer on a device of their own."""
    person_id = make_person(session, next(_names), verified=verified)
    return make_login(session, person_id, verified=verified)[1]


def make_claim(
    session: Session, show: Show, qty: int = 1, *, login: Login | None = None, code: str = "A1"
) -> Claimed:
    """A claim by `login` (a new buyer if none)."""
    buyer = login or make_buyer(session)
    return desk.claim(session, ClaimRequest(show.id, code, qty, buyer, clock.now_ms()))


def claim_row(session: Session, claim_id: str) -> Claim:
    """The claim as the database has it now."""
    return session.get_one(Claim, claim_id, populate_existing=True)


def pin_row(session: Session, show: Show, code: str = "A1") -> Pin:
    """The pin as the database has it now."""
    query = select(Pin).where(Pin.session_id == show.id, Pin.code == code)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def order_basket(session: Session, show: Show, login: Login) -> str:
    """Order all that `login` holds in the show, to be picked up; the order's code."""
    wanted = BasketOrder(show.id, show.seller_id, login, login.name, "", PICK_UP)
    return checkout.place(session, wanted)
