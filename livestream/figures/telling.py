"""What people add to a report: sales outside the market they declare, dated notes, consent to be counted.

A declared sale is taken back, never changed, and only while the figures are open; a note stays as it was
written. Refuses to mix what is declared into any other figure.
"""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new, owned
from core.errors import NotFound
from core.identity import people
from core.ids import new_id
from livestream import access
from livestream.figures import reports
from livestream.figures.models import CampaignConsent, DeclaredSale, ReportNote
from livestream.figures.report_errors import ReportClosed
from livestream.figures.reports import SESSION, Scope
from livestream.together import campaigns

WHAT_LENGTH = 160
NOTE_LENGTH = 500


@dataclass(frozen=True)
class NoteFacts:
    """A note to a report: what, by whom, when (UTC ms)."""

    text: str
    name: str
    at_ms: int


def declare(session: Session, scope: Scope, what: str, vnd: int, actor: str) -> str:
    """Note that the seller sold `what` for `vnd` đồng outside; returns its id.

    Raises:
        NotFound: the seller has no part in that session. ReportClosed: the seven days are over.
    """
    _require_open(session, scope)
    row = DeclaredSale(
        id=new_id(),
        session_id=scope.about,
        seller_id=scope.seller_id,
        what=what,
        vnd=vnd,
        actor=actor,
        at_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def take_back(session: Session, scope: Scope, declared_id: str) -> None:
    """Let a declared sale count no more; a second time changes nothing.

    Raises:
        NotFound: it is not this seller's, or of another session. ReportClosed: the seven days are over.
    """
    _require_open(session, scope)
    row = owned(session, DeclaredSale, declared_id, scope.seller_id)
    if row.session_id != scope.about:
        raise NotFound()
    row.withdrawn_ms = row.withdrawn_ms or clock.now_ms()
    session.flush()


def note(session: Session, scope: Scope, text: str, actor: str) -> None:
    """Put a note beside the figures, with its date; raises as `reports.read`."""
    reports.is_closed(session, scope)
    at_ms = clock.now_ms()
    session.add(ReportNote(id=new_id(), **vars(scope), text=text, actor=actor, at_ms=at_ms))
    session.flush()


def notes(session: Session, scope: Scope) -> tuple[NoteFacts, ...]:
    """The notes to a report, the first written first."""
    query = select(ReportNote).filter_by(**vars(scope)).order_by(ReportNote.at_ms, ReportNote.id)
    rows = session.scalars(query).all()
    names = people.names_of(session, {row.actor for row in rows})
    return tuple(NoteFacts(row.text, names[row.actor], row.at_ms) for row in rows)


def consent(session: Session, scope: Scope, actor: str, *, agrees: bool) -> None:
    """Let the session's campaign count the seller's figures under its name, or no more.

    What a frozen campaign says stays said.

    Raises:
        NotFound: the seller has no part in the session, or no campaign lists it.
    """
    campaign = campaigns.of_session(session, scope.about)
    if scope.seller_id not in access.sellers_concerned(session, scope.about) or campaign is None:
        raise NotFound()
    key = {"campaign_id": campaign.id, "seller_id": scope.seller_id}
    if agrees:
        insert_new(session, CampaignConsent, {**key, "actor": actor, "at_ms": clock.now_ms()})
    else:
        session.execute(delete(CampaignConsent).filter_by(**key))


def consents(session: Session, campaign_id: str, seller_id: str) -> bool:
    """Whether the seller lets the campaign count its figures."""
    return session.get(CampaignConsent, (campaign_id, seller_id)) is not None


def _require_open(session: Session, scope: Scope) -> None:
    if scope.kind != SESSION:
        raise NotFound()
    if reports.is_closed(session, scope):
        raise ReportClosed()
