"""What the host's screen shows before its script takes over: the numbers behind a show, in big words.

Money is that of the sellers the host works for (`boards.host_view`). Refuses to run anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.http.problems import error_fields
from core.identity.logins import Login
from core.ids import new_id
from core.strict_json import JsonValue
from livestream import access
from livestream.access import HOSTS
from livestream.delivery import boards
from livestream.desk.hold_rule import MINUTE_MS
from livestream.models import Pin
from livestream.pins import pin_views
from livestream.pins.pin_views import FlashSale
from livestream.room import view
from livestream.room.snapshot import Snapshot
from livestream.room.view import SessionFacts
from livestream.shows import going_live, host_words
from livestream.states import BEFORE
from livestream.talk import comments

_AT = 6


@dataclass(frozen=True)
class HostPin:
    """A pin for the host, hidden ones too: `left` and `waiting` packs, `price_vnd` a pack.

    `own` says that price and packs are the caller's to change. `flash` is the window that is on or soon.
    """

    code: str
    name: str
    state: str
    packs: int
    left: int
    waiting: int
    price_vnd: int
    own: bool
    flash: FlashSale | None = None


@dataclass(frozen=True)
class HostPage:
    """All the host's template needs; `facts` is None while the session has no public room."""

    show: SessionFacts
    open_points: tuple[str, ...]
    pins: tuple[HostPin, ...]
    main: HostPin | None
    next: HostPin | None
    totals: dict[str, int]
    paid_orders: tuple[JsonObject, ...]
    per_minute: int
    unclear: int
    client_id: str
    facts: JsonObject | None
    words: dict[str, JsonValue]
    units: tuple[tuple[str, str], ...]


def page(session: Session, session_id: str, login: Login) -> HostPage:
    """The host's screen for `login`, who runs the show (`access.require_host`)."""
    show = view.facts(session, session_id)
    seller_ids = access.own_sellers(session, session_id, login)
    board = boards.host_view(session, session_id, seller_ids)
    pins = _pins(session, session_id, board, login)
    snapshot = view.snapshot(session, session_id) if show.public else None
    return HostPage(
        show=show,
        open_points=_open_points(session, session_id) if show.state in BEFORE else (),
        pins=pins,
        main=next((pin for pin in pins if pin.state == "showing"), None),
        next=next_pin(pins),
        totals=cast(dict[str, int], board["totals"]),
        paid_orders=tuple(cast(list[JsonObject], board["paid_orders"])),
        per_minute=_per_minute(snapshot) if snapshot else 0,
        unclear=len(comments.unclear(session, session_id)),
        client_id=new_id(),
        facts=_facts(snapshot, board) if snapshot else None,
        words=host_words.words(),
        units=host_words.pack_units(),
    )


def next_pin(pins: Sequence[HostPin]) -> HostPin | None:
    """What "Tiếp" shows: the open pin after the showing one, and after the last one the first."""
    places = [place for place, pin in enumerate(pins) if pin.state == "showing"]
    start = places[0] + 1 if places else 0
    around = [*pins[start:], *pins[:start]]
    return next((pin for pin in around if pin.state in {"queued", "side"}), None)


def _open_points(session: Session, session_id: str) -> tuple[str, ...]:
    """Why the show may not start yet, in the language of this request."""
    return tuple(
        str(error_fields(one)["message"]) for one in going_live.open_points(session, session_id)
    )


def _pins(
    session: Session, session_id: str, board: JsonObject, login: Login
) -> tuple[HostPin, ...]:
    rows = {
        row.code: row for row in session.scalars(select(Pin).where(Pin.session_id == session_id))
    }
    told = cast(list[JsonObject], board["pins"])
    return tuple(_pin(pin, rows[str(pin["code"])], login) for pin in told)


def _pin(pin: JsonObject, row: Pin, login: Login) -> HostPin:
    flash = None if row.flash_over else pin_views.flash_sale(row)
    return HostPin(
        code=str(pin["code"]),
        name=str(pin["name"]),
        state=str(pin["state"]),
        packs=cast(int, pin["packs"]),
        left=cast(int, pin["left"]),
        waiting=cast(int, pin["waiting"]),
        price_vnd=row.price_vnd,
        own=login.works_for(row.seller_id, *HOSTS),
        flash=flash if flash and flash.ends_ms > clock.now_ms() else None,
    )


def _per_minute(snapshot: Snapshot) -> int:
    since = clock.iso(clock.now_ms() - MINUTE_MS)
    return sum(str(line[_AT]) >= since for line in snapshot["claims"])


def _facts(snapshot: Snapshot, board: JsonObject) -> JsonObject:
    return cast(JsonObject, {"snapshot": snapshot, "board": board})
