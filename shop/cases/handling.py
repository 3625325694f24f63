"""What happens to a case: words, taking it on, an outcome, taking it to an officer, and what the clock does.

Each transition is one function with its guard, actor and note. Refuses to act on a case that is over, and
to let anybody but its three sides in: edges ask `case_facts` first whose it is.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.outbox import publish
from shop.cases import remedies
from shop.cases.case_errors import (
    CaseOver,
    NotYoursToReject,
    SellerHasTime,
    SumNeeded,
    TooLateToDispute,
)
from shop.cases.case_events import CaseEscalated, CaseSaid, CaseSettled, CaseWarned
from shop.cases.case_rules import (
    CASE,
    CREDIT,
    CREDITED,
    ESCALATED,
    NOTICE_MS,
    OPEN,
    REFUND,
    REJECT,
    RUNNING,
    SETTLED,
    WITH_SUM,
    WITHDRAWN,
    escalates_ms,
    may_dispute,
)
from shop.cases.models import Case
from shop.cases.opening import MARKET, OFFICER, REPORTER, SELLER, Words, note

_AT_ONCE = 50
_TIME = "time"


@dataclass(frozen=True)
class Outcome:
    """How a case ends: one of `case_rules.OUTCOMES`, its sum in đồng where it names one, the reason."""

    kind: str
    amount_vnd: int
    words: Words


def say(session: Session, case_id: str, side: str, words: Words) -> None:
    """Add words to a running case; `CaseSaid` is published. The seller's first word takes the case on.

    Raises:
        CaseOver: it is over. NotFound: there is none.
    """
    case = _running(session, case_id)
    if side == SELLER:
        case.owner_actor = case.owner_actor or words.actor
        case.answered_ms = case.answered_ms or clock.now_ms()
    publish(session, CaseSaid(case.id, note(session, case, side, "said", words), side))


def take(session: Session, case_id: str, actor: str) -> None:
    """Let `actor` of the seller answer for the case from now on; again by the same changes nothing.

    Raises:
        CaseOver: it is over. NotFound: there is none.
    """
    case = _running(session, case_id)
    if case.owner_actor != actor:
        case.owner_actor = actor
        note(session, case, SELLER, "took", Words(actor, ""))


def settle(session: Session, case_id: str, side: str, outcome: Outcome) -> None:
    """End a running case with an outcome of the seller's or, once it has the case, of an officer's.

    Effect: a refund of a paid order is owed back by payments, and a credit is given out as a voucher whose
    code stands in a note, in the same commit; `CaseSettled` is published.

    Raises:
        CaseOver: it is over. SumNeeded: the outcome names a sum and has none.
        NotYoursToReject: an officer looks at it. SellerHasTime: no officer does yet.
        NothingToRefund: more than was paid. BadVoucher: a credit no order can come to.
        NotFound: there is none.
    """
    case = _running(session, case_id)
    if side == SELLER and case.state == ESCALATED and outcome.kind == REJECT:
        raise NotYoursToReject()
    if side == OFFICER and case.state != ESCALATED:
        raise SellerHasTime()
    if outcome.kind in WITH_SUM and outcome.amount_vnd <= 0:
        raise SumNeeded()
    if outcome.kind == REFUND:
        remedies.refund(session, case, outcome.words.actor, outcome.amount_vnd)
    credit = ""
    if outcome.kind == CREDIT:
        credit = remedies.credit(session, case, outcome.words.actor, outcome.amount_vnd)
    case.outcome = outcome.kind
    case.amount_vnd = outcome.amount_vnd if outcome.kind in WITH_SUM else 0
    case.by_officer = side == OFFICER
    if side == SELLER:
        case.owner_actor = case.owner_actor or outcome.words.actor
        case.answered_ms = case.answered_ms or clock.now_ms()
    _end(case, SETTLED)
    note(session, case, side, "settled", outcome.words)
    if credit:
        note(session, case, MARKET, CREDITED, Words(_TIME, credit))
    publish(session, CaseSettled(case.id))


def withdraw(session: Session, case_id: str, actor: str) -> None:
    """Take the complaint back: it is all right now. Twice changes nothing.

    Raises:
        BadTransition: it has its outcome. NotFound: there is none.
    """
    case = _locked(session, case_id)
    if case.state != WITHDRAWN:
        _end(case, WITHDRAWN)
        note(session, case, REPORTER, "withdrawn", Words(actor, ""))


def dispute(session: Session, case_id: str, words: Words) -> None:
    """Take the seller's outcome to an officer, once, within a week.

    Effect: the case runs again, with an officer; what was owed back stays owed. `CaseEscalated`.

    Raises:
        TooLateToDispute: it is an officer's outcome, too old, or was disputed before.
        BadTransition: it has no outcome. NotFound: there is none.
    """
    case = _locked(session, case_id)
    moved = CASE.move(case.state, ESCALATED)
    before = case.escalated_ms is not None
    now = clock.now_ms()
    if not may_dispute(case.ended_ms or 0, now, by_officer=case.by_officer, before=before):
        raise TooLateToDispute()
    case.state, case.outcome, case.amount_vnd = moved, "", 0
    case.escalated_ms, case.ended_ms = now, None
    note(session, case, REPORTER, "disputed", words)
    publish(session, CaseEscalated(case.id))


def warn_due(session: Session) -> None:
    """Tell the sellers whose time is half over, some fifty a round (`CaseWarned`, one note each)."""
    now = clock.now_ms()
    query = select(Case.id).where(
        Case.state == OPEN, Case.warned_ms.is_(None), Case.due_ms - NOTICE_MS <= now
    )
    for case_id in session.scalars(query.order_by(Case.due_ms, Case.id).limit(_AT_ONCE)).all():
        case = _locked(session, case_id)
        if case.state == OPEN and case.warned_ms is None:
            case.warned_ms = now
            note(session, case, MARKET, "warned", Words(_TIME, ""))
            publish(session, CaseWarned(case.id))


def escalate_due(session: Session) -> None:
    """Give an officer the cases whose seller let the time go by, some fifty a round (`CaseEscalated`)."""
    now = clock.now_ms()
    query = select(Case.id).where(
        Case.state == OPEN, Case.due_ms <= now, Case.warned_ms <= now - NOTICE_MS
    )
    for case_id in session.scalars(query.order_by(Case.due_ms, Case.id).limit(_AT_ONCE)).all():
        case = _locked(session, case_id)
        due = escalates_ms(case.due_ms, case.warned_ms)
        if case.state == OPEN and due is not None and due <= now:
            case.state = CASE.move(case.state, ESCALATED)
            case.escalated_ms = now
            note(session, case, MARKET, "escalated", Words(_TIME, ""))
            publish(session, CaseEscalated(case.id))


def _end(case: Case, state: str) -> None:
    case.state = CASE.move(case.state, state)
    case.ended_ms = clock.now_ms()
    case.open_key = None


def _running(session: Session, case_id: str) -> Case:
    case = _locked(session, case_id)
    if case.state not in RUNNING:
        raise CaseOver()
    return case


def _locked(session: Session, case_id: str) -> Case:
    query = select(Case).where(Case.id == case_id).with_for_update()
    row = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound()
    return row
