"""How much a buyer may still claim: packs of a pin across all devices, open claims before a number is proved.

What buyers have already is read once for a batch and then kept up as its claims are judged in turn, so
that two claims of one buyer in a batch count like two batches. Refuses to look at stock.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from core.identity.logins import Login
from livestream.errors import LimitReached
from livestream.models import Claim
from livestream.pin_sale import PinSale

MOST_OPEN_UNVERIFIED = 3
"""How many open claims a person may have in a session before their number was proved."""

_CLAIMS = cast(Table, Claim.__table__)


@dataclass
class Buyers:
    """What buyers have: packs by pin and person, held and waiting alike; open claims by person."""

    packs: Counter[tuple[str, str]] = field(default_factory=Counter)
    open_claims: Counter[str] = field(default_factory=Counter)

    def allow(self, login: Login, pin: PinSale, packs: int) -> None:
        """Count one more claim of `packs` packs, if the buyer may have it.

        Precondition: the login has a person.

        Raises:
            LimitReached: with `allowed`, the packs they could still have.
        """
        person_id = str(login.person_id)
        if not login.person_verified and self.open_claims[person_id] >= MOST_OPEN_UNVERIFIED:
            raise LimitReached(allowed=0)
        allowed = max(0, pin.limit_packs - self.packs[pin.id, person_id])
        if packs > allowed:
            raise LimitReached(allowed=allowed)
        self.packs[pin.id, person_id] += packs
        self.open_claims[person_id] += 1


def load(
    session: Session,
    session_id: str,
    pins: Collection[PinSale],
    logins: Sequence[Login],
    now_ms: int,
) -> Buyers:
    """What the people behind `logins` have of `pins`, and of the whole session, at `now_ms` (UTC ms)."""
    buyers = Buyers()
    people = {login.person_id for login in logins if login.person_id}
    packs = func.sum(_CLAIMS.c.held + _CLAIMS.c.waiting)
    of_pins = _CLAIMS.c.pin_id.in_([pin.id for pin in pins]), _CLAIMS.c.person_id.in_(people)
    query = select(_CLAIMS.c.pin_id, _CLAIMS.c.person_id, packs).where(*of_pins)
    for pin_id, person_id, had in session.execute(
        query.group_by(_CLAIMS.c.pin_id, _CLAIMS.c.person_id)
    ):
        buyers.packs[pin_id, person_id] = int(had)
    unproved = people - {login.person_id for login in logins if login.person_verified}
    if unproved:
        counted = select(_CLAIMS.c.person_id, func.count()).group_by(_CLAIMS.c.person_id)
        theirs = _CLAIMS.c.person_id.in_(unproved), _CLAIMS.c.session_id == session_id, _is_open()
        for person_id, claims in session.execute(counted.where(*theirs), {"now": now_ms}):
            buyers.open_claims[person_id] = claims
    return buyers


def _is_open() -> ColumnElement[bool]:
    held = and_(_CLAIMS.c.state == "held", _CLAIMS.c.expires_ms > bindparam("now"))
    return or_(held, _CLAIMS.c.state == "ordered", _CLAIMS.c.wait_state == "waiting")
