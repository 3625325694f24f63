"""What the page of a replay shows: the recording, a chapter for each product with today's price and stock.

Prices and packs are the shop's of this moment; what a product cost in the show is told as over. Refuses to
sell: everything is bought in the shop.
"""

import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import ListingFacts
from core import clock
from livestream.log import LOG
from livestream.models import Pin
from livestream.replay.chapters import KINDS, Chapter, chapters, clip
from livestream.replay.replay_models import SessionRecording
from livestream.replay.tape import Tape
from livestream.room import view
from livestream.room.snapshot import LogLine
from livestream.room.view import SessionFacts
from livestream.video.engines import engine
from livestream.video.live_engine import Piece

_GOOD_MS = 6 * 3_600_000
_SOON_MS = 15 * 60_000
_MS_PER_S, _S_PER_MIN, _S_PER_H = 1_000, 60, 3_600


@dataclass(frozen=True)
class ShownChapter:
    """A product of a replay, at the time it is first shown.

    `live_vnd` is its cheapest price in the show, over now; `listing` what the shop offers today (None: not
    to be had any more); `start_s` where to look, None when there was no picture; `others_s` further times.
    """

    code: str
    name: str
    art: str
    product_id: str
    live_vnd: int
    listing: ListingFacts | None
    start_s: int | None
    clip_ms: int
    others_s: tuple[int, ...]

    @property
    def packs(self) -> int:
        """How many packs can be bought in the shop now."""
        return self.listing.available_packs if self.listing and self.listing.on_sale else 0


@dataclass(frozen=True)
class ReplayPage:
    """A replay: `state` is ready, waiting, none, hidden or gone; `url` is "" unless it can be seen.

    `clip_of` is the code whose part alone is played, "" for all of it; `start_s` where the player begins.
    """

    show: SessionFacts
    state: str
    url: str
    start_s: int
    length_ms: int
    chapters: tuple[ShownChapter, ...]
    clip_of: str
    is_held: bool

    @property
    def clip(self) -> ShownChapter | None:
        """The product whose part alone is played."""
        return next((one for one in self.chapters if one.code == self.clip_of), None)


def page(session: Session, session_id: str, code: str = "", start_s: int = 0) -> ReplayPage:
    """The replay of a session as it stands now; `code` asks for the part of one product alone.

    Raises:
        NotFound: the session has no public page.
    """
    show = view.public_facts(session, session_id)
    row = session.get(SessionRecording, session_id)
    state = _state(show, row)
    told = of_session(session, session_id, tape_of(row)) if row and state == "ready" else ()
    part = clip(told, code.upper()) if state == "ready" else None
    return ReplayPage(
        show=show,
        state=state,
        url=_address(row.stream, part) if row and state == "ready" else "",
        start_s=max(0, start_s),
        length_ms=part.length_ms if part else row.length_ms if row else 0,
        chapters=_shown(session, session_id, told),
        clip_of=part.code if part else "",
        is_held=row is not None and row.held_ms is not None,
    )


def of_session(session: Session, session_id: str, tape: Tape) -> tuple[Chapter, ...]:
    """The chapters of a session on its recording."""
    query = select(LOG.c.seq, LOG.c.type, LOG.c.at_ms, LOG.c.data).where(
        LOG.c.session_id == session_id, LOG.c.type.in_(KINDS)
    )
    lines = [
        LogLine(seq=seq, type=kind, at=clock.iso(at_ms), data=json.loads(data))
        for seq, kind, at_ms, data in session.execute(query.order_by(LOG.c.seq))
    ]
    return chapters(lines, tape)


def tape_of(row: SessionRecording) -> Tape:
    """The pieces of a recording."""
    return Tape(tuple(Piece(at_ms, length_ms) for at_ms, length_ms in json.loads(row.pieces)))


def length_words(length_ms: int) -> str:
    """`1:05` or `2:03:20`: minutes and seconds, hours before them where there are any."""
    seconds = length_ms // _MS_PER_S
    hours, minutes = seconds // _S_PER_H, seconds % _S_PER_H // _S_PER_MIN
    tail = f"{seconds % _S_PER_MIN:02d}"
    return f"{hours}:{minutes:02d}:{tail}" if hours else f"{minutes}:{tail}"


def _state(show: SessionFacts, row: SessionRecording | None) -> str:
    if show.state == "archived" or (row is not None and row.state != "kept"):
        return "gone"
    if row is None:
        is_fresh = clock.now_ms() < (show.ended_ms or 0) + _SOON_MS
        return "waiting" if is_fresh else "none"
    if row.length_ms == 0:
        return "none"
    return "hidden" if row.hidden_ms is not None else "ready"


def _address(stream: str, part: Chapter | None) -> str:
    """An address that stays the same for some hours, so that a browser keeps what it has loaded."""
    until_ms = (clock.now_ms() // _GOOD_MS + 2) * _GOOD_MS
    return engine().replay(stream, until_ms, (part.start_ms, part.end_ms) if part else None)


def _shown(
    session: Session, session_id: str, told: tuple[Chapter, ...]
) -> tuple[ShownChapter, ...]:
    """One for each product, in the order they were first shown."""
    query = select(Pin).where(Pin.session_id == session_id)
    pins = {pin.code: pin for pin in session.scalars(query)}
    codes = [code for code in dict.fromkeys(one.code for one in told) if code in pins]
    offered = listings.facts(session, {pins[code].goods for code in codes})
    return tuple(
        _chapter(pins[code], [one for one in told if one.code == code], offered) for code in codes
    )


def _chapter(pin: Pin, mine: list[Chapter], offered: dict[str, ListingFacts]) -> ShownChapter:
    seen = [one.start_ms // _MS_PER_S for one in mine if one.is_seen]
    best = clip(mine, pin.code)
    listing = offered.get(pin.goods)  # none: practice goods
    return ShownChapter(
        code=pin.code,
        name=pin.name,
        art=pin.art,
        product_id=listing.product_id if listing else pin.id,
        live_vnd=min(one.live_vnd for one in mine),
        listing=listing,
        start_s=seen[0] if seen else None,
        clip_ms=best.length_ms if best else 0,
        others_s=tuple(seen[1:]),
    )
