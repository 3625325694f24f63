"""The going-live list: why a pin may not be shown today, and whether anything may be shown at all.

A pin needs a confirmed seller, a food-safety paper that has not ended, and a listing on sale; what it sells
was set aside when it was pinned. A pin that fails is blocked with its reason, the rest may start; a paper
that ends in the middle of a show closes its pins.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from core import clock
from core.identity.logins import Login
from livestream import access
from livestream.errors import (
    FoodPaperEnded,
    FoodPaperMissing,
    HostNotConfirmed,
    NothingPinned,
    NotReady,
    PinHidden,
    SellerNotConfirmed,
)
from livestream.models import LiveSession, Pin
from livestream.shows import confirmations
from livestream.shows.confirmations import ConfirmationFacts
from livestream.states import LESSON, RUNNING


def open_points(session: Session, session_id: str) -> tuple[NotReady, ...]:
    """What the list still has open, each as the refusal it is; nothing when every pin may be shown."""
    pinned = _open_pins(session, [session_id])
    if not pinned and not _is_lesson(session, session_id):
        return (NothingPinned(),)
    return tuple(blocks(session, pinned).values())


def require_startable(session: Session, session_id: str) -> None:
    """Go on only if at least one pin may be shown; a lesson needs none.

    Raises:
        NotReady: nothing is pinned, or every pin is blocked; the reason of the first.
    """
    pinned = _open_pins(session, [session_id])
    refused = blocks(session, pinned)
    if len(refused) == len(pinned) and not _is_lesson(session, session_id):
        raise next(iter(refused.values()), NothingPinned())


def is_startable(session: Session, session_id: str) -> bool:
    """Whether at least one pin may be shown, or none is needed."""
    pinned = _open_pins(session, [session_id])
    return len(blocks(session, pinned)) < len(pinned) or _is_lesson(session, session_id)


def require_clear(session: Session, pin: Pin) -> None:
    """Go on only if `pin` may be shown.

    Raises:
        NotReady: why not.
    """
    for reason in blocks(session, [pin]).values():
        raise reason


def require_host(session: Session, session_id: str, login: Login) -> None:
    """Go on only if `login` is a confirmed host of the session's organiser; any host gives a lesson.

    Raises:
        HostNotConfirmed: nobody confirmed them, or only until an earlier day.
    """
    if _is_lesson(session, session_id):
        return
    organiser = access.organiser_of(session, session_id)
    if organiser is None or not confirmations.is_host(session, organiser, login.person_id):
        raise HostNotConfirmed()


def blocks(session: Session, pinned: Sequence[Pin]) -> dict[str, NotReady]:
    """Why each of `pinned` may not be shown today, by pin id; those that may are absent. Two queries."""
    papers = confirmations.of_sellers(session, {pin.seller_id for pin in pinned})
    facts = listings.facts(session, {pin.goods for pin in pinned if pin.goods})
    found: dict[str, NotReady] = {}
    for pin in pinned:
        if not pin.goods:  # practice goods need no papers
            continue
        reason = _of_papers(pin.code, papers[pin.seller_id])
        if reason is None and not (pin.goods in facts and facts[pin.goods].on_sale):
            reason = PinHidden(pin.code)
        if reason is not None:
            found[pin.id] = reason
    return found


def running_without_papers(session: Session) -> list[tuple[str, str]]:
    """The pins (session, code) of running shows whose seller's papers no longer count today."""
    running = list(session.scalars(select(LiveSession.id).where(LiveSession.state.in_(RUNNING))))
    pinned = _open_pins(session, running)
    papers = confirmations.of_sellers(session, {pin.seller_id for pin in pinned})
    return [
        (pin.session_id, pin.code)
        for pin in pinned
        if pin.goods and _of_papers(pin.code, papers[pin.seller_id]) is not None
    ]


def _of_papers(code: str, papers: Iterable[ConfirmationFacts]) -> NotReady | None:
    on = clock.today()
    by_kind = {paper.kind: paper for paper in papers}
    seller, food = by_kind.get("seller"), by_kind.get("food")
    if seller is None or not seller.counts_on(on):
        return SellerNotConfirmed(code)
    if food is None:
        return FoodPaperMissing(code)
    if not food.counts_on(on):
        return FoodPaperEnded(code, f"{food.valid_until:%d/%m/%Y}")
    return None


def _is_lesson(session: Session, session_id: str) -> bool:
    kind = session.scalar(select(LiveSession.kind).where(LiveSession.id == session_id))
    return kind == LESSON


def _open_pins(session: Session, session_ids: Sequence[str]) -> list[Pin]:
    query = select(Pin).where(Pin.session_id.in_(session_ids), Pin.state != "closed")
    newest = query.order_by(Pin.session_id, Pin.position)
    return list(session.scalars(newest.execution_options(populate_existing=True)))
