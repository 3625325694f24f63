"""How much a buyer may still claim: packs of a pin across all devices, open claims before a number is proved.

What buyers have already is read once for a batch and then kept up as its claims are judged in turn, so
that two claims of one buyer in a batch count like two batches. Refuses to look at stock.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from core.identity.logins import Login
from core.in_lists import placed, places, size_for
from livestream.errors import LimitReached
from livestream.models import Claim
from livestream.pins.pin_sale import PinSale

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
    if not (pins and people):
        return buyers
    rows = session.execute(*_asking(_packs, pins=[pin.id for pin in pins], people=people))
    for pin_id, person_id, packs in rows:
        buyers.packs[pin_id, person_id] = int(packs)
    unproved = people - {login.person_id for login in logins if login.person_verified}
    if unproved:
        query, values = _asking(_open_claims, people=unproved)
        values |= {"session": session_id, "now": now_ms}
        for person_id, claims in session.execute(query, values):
            buyers.open_claims[person_id] = claims
    return buyers


def _asking(
    question: Callable[..., Select[*tuple[Any, ...]]], **lists: Collection[str]
) -> tuple[Select[*tuple[Any, ...]], dict[str, str | int]]:
    """A question about lists of ids, with their ids in its places."""
    sizes = {name: size_for(len(ids)) for name, ids in lists.items()}
    values: dict[str, str | int] = {}
    for name, ids in lists.items():
        values |= placed(name, list(ids), sizes[name])
    return question(**sizes), values


@cache
def _packs(pins: int, people: int) -> Select[*tuple[Any, ...]]:
    """The packs that so many people have of so many pins."""
    of = _CLAIMS.c
    packs = func.sum(of.held + of.waiting)
    wanted = of.pin_id.in_(places("pins", pins)), of.person_id.in_(places("people", people))
    return select(of.pin_id, of.person_id, packs).where(*wanted).group_by(of.pin_id, of.person_id)


@cache
def _open_claims(people: int) -> Select[*tuple[Any, ...]]:
    """How many open claims so many people have in the session."""
    of = _CLAIMS.c
    theirs = of.person_id.in_(places("people", people)), of.session_id == bindparam("session")
    counted = select(of.person_id, func.count()).where(*theirs, _is_open())
    return counted.group_by(of.person_id)


def _is_open() -> ColumnElement[bool]:
    held = and_(_CLAIMS.c.state == "held", _CLAIMS.c.expires_ms > bindparam("now"))
    return or_(held, _CLAIMS.c.state == "ordered", _CLAIMS.c.wait_state == "waiting")
