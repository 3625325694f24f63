"""Whom a seller's staff should call about a session: offered packs, unpaid orders, packs that run out.

The last rung of reaching people (docs/glossary.md: ladder): a name, a number to tap, words to send, a
tick. Each seller sees its own buyers alone. A call that reached somebody starts the clock of what was
offered to them and proves their number.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.identity import people
from core.ids import new_id
from livestream.desk import offers
from livestream.models import Call, Claim, Pin
from shop import orders

OFFER, HOLD, ORDER = "offer", "hold", "order"
REASONS = (OFFER, HOLD, ORDER)


@dataclass(frozen=True)
class Item:
    """So many packs of a pin."""

    code: str
    name: str
    packs: int


@dataclass(frozen=True)
class ToCall:
    """One buyer to call for one reason; `phone` is E.164, `until_ms` (UTC ms) when it is too late.

    `missed` counts calls nobody answered; `reached_ms` is when somebody did last, for this reason.
    `order_code` is the order that waits for its money, "" for other reasons.
    """

    seller_id: str
    person_id: str
    name: str
    phone: str
    reason: str
    items: tuple[Item, ...]
    sum_vnd: int
    until_ms: int
    order_code: str
    order_capability: str
    missed: int
    reached_ms: int | None


def of_sellers(session: Session, session_id: str, seller_ids: Collection[str]) -> list[ToCall]:
    """Whom the staff of `seller_ids` should call, the most urgent first, those reached last."""
    groups: defaultdict[tuple[str, str, str, str], list[tuple[Claim, Pin]]] = defaultdict(list)
    for claim, pin in _open_claims(session, session_id, seller_ids):
        key = claim.seller_id, claim.person_id, _reason(claim), claim.order_code or ""
        groups[key].append((claim, pin))
    calls = _calls(session, session_id, seller_ids)
    found = [_to_call(session, key, rows, calls[key[:3]]) for key, rows in groups.items()]
    return sorted(found, key=lambda one: (one.reached_ms is not None, one.until_ms))


@dataclass(frozen=True)
class Tick:
    """What came of a call: by which seller's staff (`actor`), to whom, why, and whether it reached them."""

    session_id: str
    seller_id: str
    person_id: str
    reason: str
    reached: bool
    actor: str


def tick(session: Session, done: Tick) -> None:
    """Note a call; one that reached the buyer starts their clock and proves their number.

    Raises:
        NotFound: this seller has no reason to call that person in that session.
    """
    listed = of_sellers(session, done.session_id, [done.seller_id])
    if not any((one.person_id, one.reason) == (done.person_id, done.reason) for one in listed):
        raise NotFound()
    session.add(
        Call(
            id=new_id(),
            seller_id=done.seller_id,
            session_id=done.session_id,
            person_id=done.person_id,
            reason=done.reason,
            result="reached" if done.reached else "missed",
            actor=done.actor,
            at_ms=clock.now_ms(),
        )
    )
    if done.reached:
        people.mark_verified(session, done.person_id, "call")
        offers.heard(session, done.session_id, done.person_id, seller_id=done.seller_id)


def _open_claims(
    session: Session, session_id: str, seller_ids: Collection[str]
) -> Iterable[tuple[Claim, Pin]]:
    """What is held or waits for its money, in the order of claiming."""
    now = clock.now_ms()
    query = (
        select(Claim, Pin)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(
            Claim.session_id == session_id,
            Claim.seller_id.in_(sorted(seller_ids)),
            (Claim.state == "ordered") | ((Claim.state == "held") & (Claim.expires_ms > now)),
        )
        .order_by(Claim.number)
        .execution_options(populate_existing=True)
    )
    return [(claim, pin) for claim, pin in session.execute(query)]


def _reason(claim: Claim) -> str:
    if claim.state == "ordered":
        return ORDER
    return OFFER if claim.offered else HOLD


_Calls = dict[tuple[str, str, str], list[Call]]


def _calls(session: Session, session_id: str, seller_ids: Collection[str]) -> _Calls:
    calls: _Calls = defaultdict(list)
    query = select(Call).where(Call.session_id == session_id, Call.seller_id.in_(seller_ids))
    for call in session.scalars(query.order_by(Call.at_ms)):
        calls[call.seller_id, call.person_id, call.reason].append(call)
    return calls


def _to_call(
    session: Session,
    key: tuple[str, str, str, str],
    rows: list[tuple[Claim, Pin]],
    calls: list[Call],
) -> ToCall:
    seller_id, person_id, reason, order_code = key
    person = people.facts(session, person_id)
    order = orders.facts(session, order_code) if order_code else None
    packs: defaultdict[tuple[str, str], int] = defaultdict(int)
    for claim, pin in rows:
        packs[pin.code, pin.name] += claim.held
    reached = [call.at_ms for call in calls if call.result == "reached"]
    return ToCall(
        seller_id=seller_id,
        person_id=person_id,
        name=order.name if order else person.name,
        phone=order.phone if order else person.phone,
        reason=reason,
        items=tuple(Item(code, name, count) for (code, name), count in packs.items()),
        sum_vnd=order.amount_vnd if order else _worth(rows),
        until_ms=order.pay_by_ms if order else _until_ms(reason, rows),
        order_code=order_code,
        order_capability=order.capability if order else "",
        missed=sum(call.result == "missed" for call in calls),
        reached_ms=reached[-1] if reached else None,
    )


def _worth(rows: list[tuple[Claim, Pin]]) -> int:
    return sum(claim.held * claim.unit_price_vnd for claim, _pin in rows)


def _until_ms(reason: str, rows: list[tuple[Claim, Pin]]) -> int:
    """When the next of it goes to somebody else."""
    if reason == OFFER:
        return min(claim.reach_by_ms or 0 for claim, _pin in rows)
    return min(claim.expires_ms or 0 for claim, _pin in rows)
