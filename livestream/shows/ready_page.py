"""The going-live list of one session: its time, its host, each pin with what stands in its way."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.http.problems import error_fields
from core.identity.logins import Login
from core.ids import new_id
from livestream.desk.hold_rule import MINUTE_MS
from livestream.models import Pin
from livestream.room import view
from livestream.room.view import SessionFacts
from livestream.shows import confirmations, going_live, typed_moments

_LENGTHS = (30, 60, 120, 240, 480)


@dataclass(frozen=True)
class ReadyPin:
    """A pin on the list; `reason` says why it may not be shown, "" when it may."""

    code: str
    name: str
    art: str
    seed: str
    packs: int
    price_vnd: int
    seller_id: str
    reason: str


@dataclass(frozen=True)
class ReadyPage:
    """All its template needs; `starts` as a field takes it, `minutes` the length nearest to the plan."""

    show: SessionFacts
    host_is_confirmed: bool
    host_name: str
    pins: tuple[ReadyPin, ...]
    starts: str
    minutes: int
    client_id: str

    @property
    def clear(self) -> int:
        """How many pins may be shown."""
        return sum(not pin.reason for pin in self.pins)

    @property
    def startable(self) -> bool:
        """Whether whoever looks may start now."""
        return self.host_is_confirmed and self.clear > 0


def page(session: Session, session_id: str, login: Login) -> ReadyPage:
    """The list for `login`, who runs the show (`access.require_host`)."""
    show = view.facts(session, session_id)
    query = select(Pin).where(Pin.session_id == session_id, Pin.state != "closed")
    pinned = list(session.scalars(query.order_by(Pin.position)))
    reasons = going_live.blocks(session, pinned)
    return ReadyPage(
        show=show,
        host_is_confirmed=confirmations.is_host(session, show.seller_id, login.person_id),
        host_name=login.name,
        pins=tuple(
            ReadyPin(
                code=pin.code,
                name=pin.name,
                art=pin.art,
                seed=pin.goods or pin.id,
                packs=pin.packs,
                price_vnd=pin.price_vnd,
                seller_id=pin.seller_id,
                reason=str(error_fields(reasons[pin.id])["message"]) if pin.id in reasons else "",
            )
            for pin in pinned
        ),
        starts=typed_moments.typed(show.planned_start_ms),
        minutes=_length(show),
        client_id=new_id(),
    )


def _length(show: SessionFacts) -> int:
    begins_ms = show.planned_start_ms or show.created_ms
    minutes = (show.planned_end_ms - begins_ms) // MINUTE_MS
    return min(_LENGTHS, key=lambda length: abs(length - minutes))
