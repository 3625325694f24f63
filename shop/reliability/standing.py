"""How a buyer stands with one seller: what is asked of them, and why, for those who may know it.

Refuses to tell a device what its own hands did not do: who only typed a number hears nothing of it
(ADR 0004), and another seller hears nothing at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core import clock
from core.identity import people
from core.identity.logins import Login
from shop.reliability import deposit_settings
from shop.reliability.models import DepositAppeal, ReliabilityFact
from shop.reliability.reliability_rules import (
    FORGOTTEN_MS,
    Happened,
    Share,
    Terms,
    deposit_vnd,
    terms,
)

_MOST_BUYERS = 200


@dataclass(frozen=True)
class FactSeen:
    """One fact as its two sides read it; `order_code` None: a claim of a live sale. Times in UTC ms."""

    kind: str
    order_code: str | None
    at_ms: int
    forgets_ms: int
    forgiven: bool
    forgiven_why: str


@dataclass(frozen=True)
class AppealSeen:
    """What the buyer said last, and the answer: "" none yet, `forgiven`, or `kept` with why."""

    words: str
    at_ms: int
    answer: str
    why: str
    by_officer: bool


@dataclass(frozen=True)
class Asked:
    """What a seller asks of the buyer who looks, and what it goes by."""

    share: Share
    terms: Terms
    facts: tuple[FactSeen, ...]
    appeal: AppealSeen | None


@dataclass(frozen=True)
class BuyerStanding:
    """A buyer at the desk of the one seller concerned (`phone` E.164; "" where officers look)."""

    seller_id: str
    person_id: str
    name: str
    phone: str
    terms: Terms
    facts: tuple[FactSeen, ...]
    appeal: AppealSeen | None

    @property
    def waits(self) -> bool:
        """Whether the buyer waits for an answer."""
        return self.appeal is not None and not self.appeal.answer


def terms_for(session: Session, seller_id: str, person_id: str) -> Terms:
    """What this seller asks of this buyer now."""
    return terms(_happened(_rows(session, seller_id, person_id)), clock.now_ms())


def deposit_of(session: Session, seller_id: str, person_id: str, amount_vnd: int) -> int:
    """The đồng an order of `amount_vnd` has to bring before anything is kept for it; 0 for most buyers."""
    if not terms_for(session, seller_id, person_id).deposit:
        return 0
    return deposit_vnd(deposit_settings.of_now(session, seller_id), amount_vnd)


def told_to(session: Session, seller_id: str, login: Login | None) -> Asked | None:
    """What is asked of `login`, with the facts it may know; None where nothing is, or none is its own doing.

    What was forgiven, and the answer to an appeal, is told as long as it is kept.
    """
    if login is None or login.person_id is None:
        return None
    rows = _rows(session, seller_id, login.person_id)
    own = [row for row in rows if login.owns(row.person_id, row.device_id)]
    if not own:
        return None
    return Asked(
        deposit_settings.of_now(session, seller_id),
        terms(_happened(rows), clock.now_ms()),
        tuple(map(_seen, own)),
        _appeals(session, [(seller_id, login.person_id)]).get((seller_id, login.person_id)),
    )


def of_seller(session: Session, seller_id: str) -> tuple[BuyerStanding, ...]:
    """The buyers something was noted of at this seller: who waits for an answer first, then the newest."""
    query = select(ReliabilityFact).where(ReliabilityFact.seller_id == seller_id)
    found = _standings(session, query)
    who = people.facts_of(session, {one.person_id for one in found})
    told = [_named(one, who[one.person_id].name, who[one.person_id].phone) for one in found]
    return tuple(sorted(told, key=lambda one: (not one.waits, -one.facts[0].at_ms)))


def waiting_at(session: Session, seller_id: str) -> int:
    """How many buyers wait for this seller's answer."""
    query = select(func.count()).where(
        DepositAppeal.seller_id == seller_id,
        DepositAppeal.answer == "",
        DepositAppeal.at_ms > clock.now_ms() - FORGOTTEN_MS,
    )
    return session.scalar(query) or 0


def before_officers(session: Session) -> tuple[BuyerStanding, ...]:
    """Who asks to be forgiven, at any seller, and was not: without numbers, the longest waiting first."""
    asking = select(DepositAppeal.seller_id, DepositAppeal.person_id).where(
        DepositAppeal.answer != "forgiven"
    )
    query = select(ReliabilityFact).where(
        ReliabilityFact.person_id.in_(select(asking.subquery().c.person_id))
    )
    found = [one for one in _standings(session, query) if _still_asks(one)]
    who = people.facts_of(session, {one.person_id for one in found})
    told = [_named(one, who[one.person_id].name, "") for one in found]
    return tuple(sorted(told, key=lambda one: one.appeal.at_ms if one.appeal else 0))


def _still_asks(one: BuyerStanding) -> bool:
    return one.appeal is not None and one.appeal.answer != "forgiven" and one.terms.deposit


def _rows(session: Session, seller_id: str, person_id: str) -> list[ReliabilityFact]:
    """Facts that are not to be forgotten yet, the newest first, whether or not the tick has come by."""
    pair = (ReliabilityFact.seller_id == seller_id, ReliabilityFact.person_id == person_id)
    return list(session.scalars(_kept(select(ReliabilityFact).where(*pair))))


def _kept(query: Select[ReliabilityFact]) -> Select[ReliabilityFact]:
    kept = query.where(ReliabilityFact.at_ms > clock.now_ms() - FORGOTTEN_MS)
    return kept.order_by(ReliabilityFact.at_ms.desc(), ReliabilityFact.id)


def _standings(session: Session, query: Select[ReliabilityFact]) -> list[BuyerStanding]:
    by_buyer: dict[tuple[str, str], list[ReliabilityFact]] = defaultdict(list)
    for row in session.scalars(_kept(query)):
        by_buyer[row.seller_id, row.person_id].append(row)
    newest = list(by_buyer)[:_MOST_BUYERS]
    appeals = _appeals(session, newest)
    now = clock.now_ms()
    return [
        BuyerStanding(
            *key,
            name="",
            phone="",
            terms=terms(_happened(by_buyer[key]), now),
            facts=tuple(map(_seen, by_buyer[key])),
            appeal=appeals.get(key),
        )
        for key in newest
    ]


def _named(one: BuyerStanding, name: str, phone: str) -> BuyerStanding:
    return BuyerStanding(
        one.seller_id, one.person_id, name, phone, one.terms, one.facts, one.appeal
    )


def _appeals(
    session: Session, keys: Iterable[tuple[str, str]]
) -> Mapping[tuple[str, str], AppealSeen]:
    """What each buyer said last, by seller and buyer."""
    wanted = set(keys)
    query = select(DepositAppeal).where(
        DepositAppeal.seller_id.in_({seller for seller, _ in wanted}),
        DepositAppeal.person_id.in_({person for _, person in wanted}),
        DepositAppeal.at_ms > clock.now_ms() - FORGOTTEN_MS,
    )
    rows = session.scalars(query.order_by(DepositAppeal.at_ms, DepositAppeal.id))
    return {
        (row.seller_id, row.person_id): AppealSeen(
            row.words, row.at_ms, row.answer, row.why, row.by_officer
        )
        for row in rows
    }


def _happened(rows: Iterable[ReliabilityFact]) -> list[Happened]:
    return [Happened(row.kind, row.at_ms, row.forgiven_ms is not None) for row in rows]


def _seen(row: ReliabilityFact) -> FactSeen:
    return FactSeen(
        row.kind,
        row.order_code,
        row.at_ms,
        row.at_ms + FORGOTTEN_MS,
        row.forgiven_ms is not None,
        row.forgiven_why,
    )
