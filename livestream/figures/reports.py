"""Reports read: as things stand until seven days after the end, and from then on as they stood then.

Freezing writes the figures down with a hash; triggers keep anybody from changing them, so that what is due
back later, or said later, stands in a note with its date. Refuses to freeze before the time.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import NotFound
from core.ids import new_id
from livestream import access
from livestream.figures import fold, gathering, viewers
from livestream.figures.models import CampaignConsent, FrozenReport
from livestream.figures.report_facts import Declared, Report, Row
from livestream.models import LiveSession, Pin
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.states import LESSON
from livestream.together import campaigns
from livestream.together.together_models import Campaign

SESSION, CAMPAIGN = "session", "campaign"
OPEN_MS = int(timedelta(days=7).total_seconds()) * 1000
"""How long figures follow what happens after the end."""
_AT_ONCE = 5
_MOST_LISTED = 50
_FORGOTTEN_MS = 5 * OPEN_MS


@dataclass(frozen=True)
class Scope:
    """Whose report of what: of a session (a seller's own part), or of a seller's campaign."""

    kind: str
    about: str
    seller_id: str


@dataclass(frozen=True)
class ReportPage:
    """A report with what it is about; `freezes_ms` and `frozen_ms` in UTC ms, None: still to come.

    `digest` is the hash of what is frozen, "" before. `asked` sellers sold in a campaign, `counted` of them
    let their figures be counted.
    """

    scope: Scope
    title: str
    ended_ms: int | None
    freezes_ms: int | None
    frozen_ms: int | None
    digest: str
    report: Report
    asked: int
    counted: int


@dataclass(frozen=True)
class _About:
    """What a scope is about: its title, sessions, end, and who sold in it and is counted."""

    title: str
    shows: tuple[SessionFacts, ...]
    ended_ms: int | None
    asked: tuple[str, ...]
    counted: tuple[str, ...]

    @property
    def freezes_ms(self) -> int | None:
        return None if self.ended_ms is None else self.ended_ms + OPEN_MS


def read(session: Session, scope: Scope) -> ReportPage:
    """The report as it stands now, or as it was frozen.

    Raises:
        NotFound: there is no such session or campaign, or the seller has no part in it.
    """
    about = _about(session, scope)
    frozen = _frozen(session, scope)
    report = load(frozen.body) if frozen else _now(session, about)
    return ReportPage(
        scope=scope,
        title=about.title,
        ended_ms=about.ended_ms,
        freezes_ms=about.freezes_ms,
        frozen_ms=frozen.at_ms if frozen else None,
        digest=frozen.digest if frozen else "",
        report=report,
        asked=len(about.asked),
        counted=len(report.sellers),
    )


def is_due(session: Session, scope: Scope) -> bool:
    """Whether the report is to be frozen now and is not yet; raises as `read`."""
    return _is_over(_about(session, scope)) and _frozen(session, scope) is None


def is_closed(session: Session, scope: Scope) -> bool:
    """Whether nothing more goes into the figures; raises as `read`."""
    return _is_over(_about(session, scope))


def freeze(session: Session, scope: Scope) -> None:
    """Write down what stands now, if the seven days are over; once. Raises as `read`.

    A session is frozen for all its sellers at the same time.
    """
    concerned = [scope.seller_id]
    if scope.kind == SESSION:
        concerned = sorted(access.sellers_concerned(session, scope.about) | {scope.seller_id})
    for seller_id in concerned:
        one = replace(scope, seller_id=seller_id)
        about = _about(session, one)
        if _is_over(about) and _frozen(session, one) is None:
            _keep(session, one, dump(_now(session, about)))


def freeze_due(session: Session) -> None:
    """Freeze some of what is due (a tick)."""
    for scope in (*_sessions_due(session), *_campaigns_due(session)):
        freeze(session, scope)
    viewers.forget_before(session, clock.now_ms() - _FORGOTTEN_MS)


def dump(report: Report) -> str:
    """A report as one text, the same for the same figures."""
    return json.dumps(asdict(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load(body: str) -> Report:
    """The report in a text of `dump`."""
    kept = json.loads(body)
    return Report(
        sellers=tuple((id_, name) for id_, name in kept["sellers"]),
        values=kept["values"],
        groups={key: tuple(Row(**row) for row in rows) for key, rows in kept["groups"].items()},
        declared=tuple(Declared(**one) for one in kept["declared"]),
    )


def _now(session: Session, about: _About) -> Report:
    return fold.report(gathering.of_shows(session, about.shows, about.counted))


def _frozen(session: Session, scope: Scope) -> FrozenReport | None:
    return session.scalar(select(FrozenReport).filter_by(**asdict(scope)))


def _about(session: Session, scope: Scope) -> _About:
    if scope.kind == CAMPAIGN:
        return _of_campaign(session, scope)
    if scope.seller_id not in access.sellers_concerned(session, scope.about):
        raise NotFound()
    show = view.facts(session, scope.about)
    if show.is_lesson:
        raise NotFound()
    own = (scope.seller_id,)
    return _About(show.title, (show,), show.ended_ms, own, own)


def _of_campaign(session: Session, scope: Scope) -> _About:
    """A campaign of the seller; it counts who consented, and its own seller always."""
    campaign = campaigns.facts(session, scope.about)
    if campaign.seller_id != scope.seller_id:
        raise NotFound()
    shows = tuple(one for one in campaigns.shows(session, campaign.id) if one.started_ms)
    asked = {one for show in shows for one in access.sellers_concerned(session, show.id)}
    query = select(CampaignConsent.seller_id).where(CampaignConsent.campaign_id == campaign.id)
    counted = asked & {*session.scalars(query), campaign.seller_id}
    last_ms = max([campaign.ends_ms, *(show.ended_ms or 0 for show in shows)])
    ended_ms = last_ms if campaign.ends_ms <= clock.now_ms() else None
    return _About(campaign.title, shows, ended_ms, tuple(sorted(asked)), tuple(sorted(counted)))


def _is_over(about: _About) -> bool:
    return about.freezes_ms is not None and about.freezes_ms <= clock.now_ms()


def _keep(session: Session, scope: Scope, body: str) -> None:
    values: dict[str, object] = {"id": new_id(), **asdict(scope), "body": body}
    digest = hashlib.sha256(body.encode()).hexdigest()
    insert_new(session, FrozenReport, {**values, "digest": digest, "at_ms": clock.now_ms()})


def _sessions_due(session: Session) -> list[Scope]:
    done = select(FrozenReport.about).where(FrozenReport.kind == SESSION)
    query = (
        select(LiveSession.id, LiveSession.seller_id)
        .where(LiveSession.ended_ms <= clock.now_ms() - OPEN_MS, LiveSession.id.not_in(done))
        .where(LiveSession.kind != LESSON)
        .order_by(LiveSession.ended_ms)
    )
    return [Scope(SESSION, *row) for row in session.execute(query.limit(_AT_ONCE))]


def _campaigns_due(session: Session) -> list[Scope]:
    done = select(FrozenReport.about).where(FrozenReport.kind == CAMPAIGN)
    query = (
        select(Campaign.id, Campaign.seller_id)
        .where(Campaign.ends_ms <= clock.now_ms() - OPEN_MS, Campaign.id.not_in(done))
        .order_by(Campaign.ends_ms)
    )
    return [Scope(CAMPAIGN, *row) for row in session.execute(query.limit(_AT_ONCE))]


def listed(session: Session, seller_id: str) -> tuple[SessionFacts, ...]:
    """The ended sessions the seller organised or sold in, the last to end first."""
    pinned = select(Pin.session_id).where(Pin.seller_id == seller_id)
    query = (
        select(LiveSession.id)
        .where(LiveSession.ended_ms.is_not(None), LiveSession.kind != LESSON)
        .where((LiveSession.seller_id == seller_id) | LiveSession.id.in_(pinned))
        .order_by(LiveSession.ended_ms.desc(), LiveSession.id)
        .limit(_MOST_LISTED)
    )
    return tuple(view.facts(session, one) for one in session.scalars(query))
