"""A buyer answers for what was noted of them; the seller, or an officer, forgives or keeps it with a reason.

Forgiving is for all that counts between these two, and for the orders that wait for a deposit now. Refuses
to judge who asks: edges let in the buyer's devices, the seller's keepers and officers.
"""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.identity.logins import Login
from core.ids import new_id
from core.outbox import publish
from shop.models import Order
from shop.ordering import history
from shop.reliability import standing
from shop.reliability.errors import NobodyAsks, NothingToAppeal
from shop.reliability.models import DepositAppeal, ReliabilityFact
from shop.reliability.reliability_events import AppealAnswered, AppealMade
from shop.states import PLACED

FORGIVEN, KEPT = "forgiven", "kept"


@dataclass(frozen=True)
class Decision:
    """Who decides about which buyer at which seller, and why in words the buyer reads."""

    seller_id: str
    person_id: str
    actor: str
    why: str
    by_officer: bool = False


def appeal(session: Session, seller_id: str, login: Login, words: str) -> None:
    """Have the buyer's reason wait for an answer; said again before one came, the new words count.

    Effect: `AppealMade` is published the first time.

    Raises:
        NothingToAppeal: nothing that counts was noted of what this device did.
    """
    asked = standing.told_to(session, seller_id, login)
    if asked is None or all(fact.forgiven for fact in asked.facts):
        raise NothingToAppeal()
    key = _key(seller_id, str(login.person_id))
    values: dict[str, object] = {
        "id": new_id(),
        "seller_id": seller_id,
        "person_id": login.person_id,
        "open_key": key,
        "words": words,
        "at_ms": clock.now_ms(),
        "answer": "",
        "why": "",
        "by_officer": False,
        "answered_by": "",
    }
    if insert_new(session, DepositAppeal, values):
        publish(session, AppealMade(str(values["id"]), seller_id, str(login.person_id)))
    else:
        again = update(DepositAppeal).where(DepositAppeal.open_key == key)
        session.execute(again.values(words=words))


def forgive(session: Session, decision: Decision) -> None:
    """Let nothing that counts between these two count any more; orders that wait ask for no deposit.

    Effect: an appeal that waits, or was refused, is answered so, and `AppealAnswered` published.

    Raises:
        NobodyAsks: nothing counts, it was forgiven or forgotten before; or an officer was not asked.
    """
    appeal = _appealed(session, decision)
    if appeal is None and decision.by_officer:
        raise NobodyAsks()
    counting = select(ReliabilityFact).where(
        ReliabilityFact.seller_id == decision.seller_id,
        ReliabilityFact.person_id == decision.person_id,
        ReliabilityFact.forgiven_ms.is_(None),
    )
    rows = session.scalars(counting.order_by(ReliabilityFact.id).with_for_update()).all()
    if not rows:
        raise NobodyAsks()
    for row in rows:
        row.forgiven_ms, row.forgiven_by = clock.now_ms(), decision.actor
        row.forgiven_why = decision.why
    _ask_no_deposit(session, decision)
    if appeal is not None:
        _answer(session, appeal, decision, FORGIVEN)


def keep(session: Session, decision: Decision) -> None:
    """Answer the appeal that waits: the deposit is still asked; the buyer reads why.

    Raises:
        NobodyAsks: none waits.
    """
    appeal = _appealed(session, decision)
    if appeal is None or appeal.answer:
        raise NobodyAsks()
    _answer(session, appeal, decision, KEPT)


def _appealed(session: Session, decision: Decision) -> DepositAppeal | None:
    """The buyer's newest appeal there that was not granted; None where they said nothing."""
    query = select(DepositAppeal).where(
        DepositAppeal.seller_id == decision.seller_id,
        DepositAppeal.person_id == decision.person_id,
        DepositAppeal.answer != FORGIVEN,
    )
    newest = query.order_by(DepositAppeal.at_ms.desc(), DepositAppeal.id.desc()).limit(1)
    locked = newest.with_for_update().execution_options(populate_existing=True)
    return session.scalars(locked).one_or_none()


def _answer(session: Session, row: DepositAppeal, decision: Decision, answer: str) -> None:
    row.open_key, row.answer, row.why = None, answer, decision.why
    row.by_officer, row.answered_by = decision.by_officer, decision.actor
    row.answered_ms = clock.now_ms()
    session.flush()
    told = AppealAnswered(row.id, row.seller_id, row.person_id, forgiven=answer == FORGIVEN)
    publish(session, told)


def _ask_no_deposit(session: Session, decision: Decision) -> None:
    waiting = select(Order.code).where(
        Order.seller_id == decision.seller_id,
        Order.person_id == decision.person_id,
        Order.state == PLACED,
        Order.deposit_vnd > 0,
    )
    for code in session.scalars(waiting.order_by(Order.code)).all():
        order = history.locked(session, code)
        if order.state == PLACED:
            order.deposit_vnd = 0
            history.record(session, order, decision.actor, "deposit forgiven")


def _key(seller_id: str, person_id: str) -> str:
    return f"{seller_id}:{person_id}"
