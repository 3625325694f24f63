"""Campaigns: sessions of several sellers under one name, and which of them comes next.

A session joins by its own seller's wish and the campaign's consent. Refuses to change anything of a
session: a campaign only names it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.identity import sellers
from core.ids import new_id
from livestream import log
from livestream.errors import SessionNotLive
from livestream.models import LiveSession
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.states import RUNNING
from livestream.together.invitations import OPEN
from livestream.together.together_errors import DaysTurned
from livestream.together.together_models import Campaign, CampaignPartner, CampaignShow

_MOST_SHOWN = 50


@dataclass(frozen=True)
class NewCampaign:
    """A campaign of a seller over some days (UTC ms, the end excluded), with its partners in order."""

    seller_id: str
    title: str
    story: str
    starts_ms: int
    ends_ms: int
    partners: tuple[str, ...] = ()


@dataclass(frozen=True)
class CampaignFacts:
    """A campaign as pages need it; times in UTC ms, the end excluded."""

    id: str
    seller_id: str
    seller_name: str
    title: str
    story: str
    starts_ms: int
    ends_ms: int
    partners: tuple[str, ...]


def make(session: Session, new: NewCampaign) -> str:
    """Make a campaign; returns its id.

    Raises:
        NotFound: no such seller. DaysTurned: it would end before it begins.
    """
    sellers.facts(session, new.seller_id)
    _check_days(new)
    row = Campaign(
        id=new_id(),
        seller_id=new.seller_id,
        title=new.title,
        story=new.story,
        starts_ms=new.starts_ms,
        ends_ms=new.ends_ms,
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    _name_partners(session, row.id, new.partners)
    return row.id


def change(session: Session, campaign_id: str, new: NewCampaign) -> None:
    """Tell the campaign anew: title, story, days and partners.

    Raises:
        NotFound: that seller has no such campaign. DaysTurned: it would end before it begins.
    """
    row = _own(session, campaign_id, new.seller_id)
    _check_days(new)
    row.title, row.story = new.title, new.story
    row.starts_ms, row.ends_ms = new.starts_ms, new.ends_ms
    _name_partners(session, campaign_id, new.partners)


def join(session: Session, session_id: str, campaign_id: str) -> None:
    """Bring a session into a campaign, out of any other; another seller's waits for the consent.

    Raises:
        NotFound: no such session or campaign. SessionNotLive: the session is over.
    """
    turn = log.begin(session, session_id)
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFound()
    if turn.state not in OPEN:
        raise SessionNotLive()
    known = session.get(CampaignShow, session_id, populate_existing=True)
    if known is not None and known.campaign_id == campaign_id:
        return
    leave(session, session_id)
    session.add(
        CampaignShow(
            session_id=session_id,
            campaign_id=campaign_id,
            state="listed" if turn.seller_id == campaign.seller_id else "asked",
            since_ms=clock.now_ms(),
        )
    )
    session.flush()


def leave(session: Session, session_id: str) -> None:
    """Take a session out of its campaign, if it is in one."""
    session.execute(delete(CampaignShow).where(CampaignShow.session_id == session_id))


def answer(session: Session, campaign: tuple[str, str], session_id: str, *, agrees: bool) -> None:
    """List a session that asked, or take one out; `campaign` is the seller's and the campaign's id.

    Raises:
        NotFound: that seller has no such campaign, or the session is not in it.
    """
    seller_id, campaign_id = campaign
    _own(session, campaign_id, seller_id)
    row = session.get(CampaignShow, session_id, populate_existing=True)
    if row is None or row.campaign_id != campaign_id:
        raise NotFound()
    if agrees:
        row.state = "listed"
    else:
        session.delete(row)
    session.flush()


def facts(session: Session, campaign_id: str) -> CampaignFacts:
    """The facts of one campaign.

    Raises:
        NotFound: there is none.
    """
    row = session.get(Campaign, campaign_id, populate_existing=True)
    if row is None:
        raise NotFound()
    return _facts_of_rows(session, [row])[0]


def current(session: Session) -> tuple[CampaignFacts, ...]:
    """The campaigns that go on or come, the next to begin first."""
    going_on = select(Campaign).where(Campaign.ends_ms > clock.now_ms())
    newest = going_on.order_by(Campaign.starts_ms, Campaign.id).limit(_MOST_SHOWN)
    return _facts_of_rows(session, list(session.scalars(newest)))


def of_seller(session: Session, seller_id: str) -> tuple[CampaignFacts, ...]:
    """A seller's campaigns, the last to begin first."""
    own = select(Campaign).where(Campaign.seller_id == seller_id)
    newest = own.order_by(Campaign.starts_ms.desc(), Campaign.id).limit(_MOST_SHOWN)
    return _facts_of_rows(session, list(session.scalars(newest)))


def of_session(session: Session, session_id: str, *states: str) -> CampaignFacts | None:
    """The campaign that lists a session (or has it in one of `states`), None if there is none."""
    query = select(Campaign).join(CampaignShow, CampaignShow.campaign_id == Campaign.id)
    meant = query.where(
        CampaignShow.session_id == session_id, CampaignShow.state.in_(states or ("listed",))
    )
    row = session.scalar(meant)
    return _facts_of_rows(session, [row])[0] if row else None


def shows(session: Session, campaign_id: str, state: str = "listed") -> tuple[SessionFacts, ...]:
    """The sessions of a campaign: what runs, what comes in the order of its start, what is over."""
    ids = session.scalars(_shows(campaign_id, state).limit(_MOST_SHOWN)).all()
    found = [view.facts(session, one) for one in ids]
    return tuple(sorted(found, key=_place))


def next_show(session: Session, campaign_id: str, after: str) -> SessionFacts | None:
    """Where viewers of the session `after` go on: what runs beside it, else what comes first."""
    found = [one for one in shows(session, campaign_id) if one.id != after and one.public]
    return next((one for one in found if one.running or one.state == "checked"), None)


def _shows(campaign_id: str, state: str) -> Select[str]:
    return (
        select(CampaignShow.session_id)
        .join(LiveSession, LiveSession.id == CampaignShow.session_id)
        .where(CampaignShow.campaign_id == campaign_id, CampaignShow.state == state)
        .where(LiveSession.state != "cancelled")
        .order_by(LiveSession.created_ms.desc(), LiveSession.id)
    )


def _place(show: SessionFacts) -> tuple[int, int]:
    """Where a session stands in its campaign's list."""
    if show.state in RUNNING:
        return (0, -(show.started_ms or 0))
    if show.state in OPEN:
        return (1, show.planned_start_ms or show.planned_end_ms)
    return (2, -(show.ended_ms or 0))


def _own(session: Session, campaign_id: str, seller_id: str) -> Campaign:
    row = session.get(Campaign, campaign_id, populate_existing=True)
    if row is None or row.seller_id != seller_id:
        raise NotFound()
    return row


def _check_days(new: NewCampaign) -> None:
    if new.ends_ms <= new.starts_ms:
        raise DaysTurned()


def _name_partners(session: Session, campaign_id: str, names: Sequence[str]) -> None:
    session.execute(delete(CampaignPartner).where(CampaignPartner.campaign_id == campaign_id))
    for position, name in enumerate(names):
        session.add(
            CampaignPartner(id=new_id(), campaign_id=campaign_id, position=position, name=name)
        )
    session.flush()


def _facts_of_rows(session: Session, rows: Sequence[Campaign]) -> tuple[CampaignFacts, ...]:
    names = sellers.facts_of(session, {row.seller_id for row in rows})
    query = select(CampaignPartner).where(CampaignPartner.campaign_id.in_([r.id for r in rows]))
    partners: dict[str, list[str]] = {}
    for partner in session.scalars(query.order_by(CampaignPartner.position)):
        partners.setdefault(partner.campaign_id, []).append(partner.name)
    return tuple(
        CampaignFacts(
            id=row.id,
            seller_id=row.seller_id,
            seller_name=names[row.seller_id].name,
            title=row.title,
            story=row.story,
            starts_ms=row.starts_ms,
            ends_ms=row.ends_ms,
            partners=tuple(partners.get(row.id, ())),
        )
        for row in rows
    )
