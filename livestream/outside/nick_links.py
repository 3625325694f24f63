"""The link that finds the owner of a nick: its first opener gives a number and gets the nick's claims.

What was claimed for the nick goes over whole, with its numbers and places, to that number on that device
(ADR 0004); who comes second reads that it is taken. Refuses to lead past a pin's limit per buyer.
"""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core import clock
from core.errors import NotFound
from core.identity.logins import Login, require_person
from livestream import log
from livestream.models import Claim, Comment, Pin
from livestream.outside.outside_errors import LinkTaken, TooMuchTogether
from livestream.outside.outside_models import OutsideBuyer


@dataclass(frozen=True)
class HeldLine:
    """One claim of a nick that is open: packs held and waiting, `expires_ms` (UTC) of what is held."""

    code: str
    name: str
    unit: str
    held: int
    waiting: int
    unit_price_vnd: int
    expires_ms: int | None


@dataclass(frozen=True)
class NickLink:
    """Whose claims a link leads to; `taken` once somebody took them."""

    key: str
    session_id: str
    source: str
    nick: str
    taken: bool
    lines: tuple[HeldLine, ...]
    is_mine: bool = False


def of_key(session: Session, key: str, login: Login | None) -> NickLink:
    """What the link with this key leads to, as its opener may know it: what was taken is theirs alone.

    Raises:
        NotFound: no such link.
    """
    row = _row(session, key)
    is_mine = bool(login and row.taken_by and login.owns(row.taken_by, row.taken_device_id))
    lines = () if row.taken_ms else _lines(session, [row]).get(row.id, ())
    return NickLink(
        key, row.session_id, row.source, row.nick, row.taken_ms is not None, lines, is_mine
    )


def of_session(session: Session, session_id: str) -> tuple[NickLink, ...]:
    """The nicks of a session that hold or wait for something, and those that were taken; newest first."""
    query = select(OutsideBuyer).where(OutsideBuyer.session_id == session_id)
    rows = list(session.scalars(query.order_by(OutsideBuyer.created_ms.desc(), OutsideBuyer.id)))
    lines = _lines(session, [row for row in rows if not row.taken_ms])
    return tuple(
        NickLink(
            row.key,
            session_id,
            row.source,
            row.nick,
            row.taken_ms is not None,
            lines.get(row.id, ()),
        )
        for row in rows
        if row.taken_ms or row.id in lines
    )


def take_over(session: Session, key: str, login: Login) -> str:
    """Give the nick's claims to who opened its link; returns the session. Again by the same, the same.

    Raises:
        NotFound: no such link. LoginRequired: the device has given no number.
        LinkTaken: another was first. TooMuchTogether: over a pin's limit, with `code`.
    """
    person_id = require_person(login)
    session_id = _row(session, key).session_id
    log.begin(session, session_id)
    row = _row(session, key)
    if row.taken_by is not None:
        if not login.owns(row.taken_by, row.taken_device_id):
            raise LinkTaken()
        return session_id
    _require_room(session, row, person_id)
    whose = {"person_id": person_id, "device_id": login.device_id}
    theirs = Claim.session_id == session_id, Claim.person_id == row.person_id
    session.execute(update(Claim).where(*theirs).values(**whose))
    said = Comment.session_id == session_id, Comment.person_id == row.person_id
    session.execute(update(Comment).where(*said).values(**whose, proved=login.verified))
    row.taken_by, row.taken_device_id, row.taken_ms = person_id, login.device_id, clock.now_ms()
    return session_id


def _row(session: Session, key: str) -> OutsideBuyer:
    query = select(OutsideBuyer).where(OutsideBuyer.key == key)
    row = session.scalar(query.execution_options(populate_existing=True))
    if row is None:
        raise NotFound()
    return row


def _require_room(session: Session, row: OutsideBuyer, person_id: str) -> None:
    """The number's own packs of each pin, and the nick's, stay within the pin's limit."""
    nicks = select(Claim.pin_id).where(
        Claim.session_id == row.session_id, Claim.person_id == row.person_id
    )
    packs = func.sum(Claim.held + Claim.waiting)
    query = (
        select(Pin.code)
        .join(Claim, Claim.pin_id == Pin.id)
        .where(Pin.id.in_(nicks), Claim.person_id.in_((row.person_id, person_id)))
        .group_by(Pin.id, Pin.code, Pin.limit_packs, Pin.position)
        .having(packs > Pin.limit_packs)
        .order_by(Pin.position)
    )
    code = session.scalar(query.limit(1))
    if code is not None:
        raise TooMuchTogether(code=code)


def _lines(session: Session, rows: list[OutsideBuyer]) -> dict[str, tuple[HeldLine, ...]]:
    """What nicks hold or wait for, by the nick's row; a nick without anything is absent."""
    if not rows:
        return {}
    nicks = {row.person_id: row.id for row in rows}
    query = (
        select(Claim, Pin)
        .join(Pin, Pin.id == Claim.pin_id)
        .where(Claim.session_id == rows[0].session_id, Claim.person_id.in_(nicks))
        .where((Claim.held > 0) | (Claim.waiting > 0))
        .order_by(Claim.number)
    )
    found: dict[str, tuple[HeldLine, ...]] = {}
    for claim, pin in session.execute(query):
        line = HeldLine(
            code=pin.code,
            name=pin.name,
            unit=pin.unit_word,
            held=claim.held,
            waiting=claim.waiting,
            unit_price_vnd=claim.unit_price_vnd,
            expires_ms=claim.expires_ms if claim.held else None,
        )
        nick = nicks[claim.person_id]
        found[nick] = (*found.get(nick, ()), line)
    return found
