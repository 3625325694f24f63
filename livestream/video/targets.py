"""Where else a show's picture is sent by RTMP: a seller's places, kept for its next shows.

A key is sealed when it comes and opened for the engine alone. Refuses to give one back to any page, to keep
one of a place that was removed, and to let another seller's hosts see that there is one.
"""

import re
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core import clock, vault
from core.db import insert_new
from core.errors import NotFound
from core.events import Event
from core.outbox import publish
from core.text import clean_line
from livestream import access
from livestream.media import restream_place
from livestream.media.restream_place import BadPlace
from livestream.video.live_engine import Target
from livestream.video.target_errors import BadTargetAddress, BadTargetKey, TooManyTargets
from livestream.video.target_models import RestreamChange, RestreamTarget, RestreamUse

MOST_TARGETS = 5
KNOWN = {
    "facebook": ("Facebook", "rtmps://live-api-s.facebook.com:443/rtmp/"),
    "youtube": ("YouTube", "rtmps://a.rtmps.youtube.com:443/live2"),
}
"""What a kind of place is called, and where it takes pictures."""
STATES = ("waiting", "connecting", "live", "retrying", "refused", "off")
_KEY = re.compile(r"[!-~]{4,200}")
_NAME_LENGTH, _TAIL = 40, 4


@dataclass(frozen=True)
class GivenTarget:
    """A place as typed: `url` and `name` may be "" for a kind that is known."""

    kind: str
    name: str
    url: str
    key: str


@dataclass(frozen=True)
class ShownTarget:
    """A place as a page tells it, of its key only the end; `state` is the engine's, "off" while unused."""

    id: str
    kind: str
    name: str
    host: str
    tail: str
    is_on: bool
    state: str
    tries: int


@dataclass(frozen=True)
class TargetsChanged(Event):
    """Where a session is to be shown has changed, or its stream has begun."""

    session_id: str


def add(session: Session, session_id: str, given: GivenTarget, actor: str) -> str:
    """Keep a place for the session's organiser, used in this session; returns its id.

    Raises:
        NotFound: no such session. BadTargetAddress, BadTargetKey: it cannot be one. TooManyTargets.
    """
    seller_id = _organiser(session, session_id)
    name, url = KNOWN.get(given.kind, ("", ""))
    url = given.url.strip() or url
    try:
        place = restream_place.read(url)
    except BadPlace:
        raise BadTargetAddress() from None
    count = select(func.count()).where(RestreamTarget.seller_id == seller_id)
    if (session.scalar(count) or 0) >= MOST_TARGETS:
        raise TooManyTargets()
    row = RestreamTarget(
        seller_id=seller_id,
        kind=given.kind,
        name=clean_line(given.name, _NAME_LENGTH) or name or place.host[:_NAME_LENGTH],
        url=url,
        created_ms=clock.now_ms(),
    )
    _seal(row, given.key)
    session.add(row)
    session.flush()
    _noted(session, row, session_id, "added", actor)
    switch(session, session_id, row.id, is_on=True, actor=actor)
    return row.id


def replace_key(session: Session, session_id: str, target_id: str, key: str, actor: str) -> None:
    """Keep another key for a place; what is shown there now begins anew with it.

    Raises:
        NotFound: not a place of the session's organiser. BadTargetKey: it cannot be one.
    """
    row = _target(session, session_id, target_id)
    _seal(row, key)
    session.flush()
    _noted(session, row, session_id, "key", actor)
    publish(session, TargetsChanged(session_id))


def remove(session: Session, session_id: str, target_id: str, actor: str) -> None:
    """Forget a place and its key; where it is shown at now ends.

    Raises:
        NotFound: not a place of the session's organiser.
    """
    row = _target(session, session_id, target_id)
    in_use = select(RestreamUse.session_id).where(
        RestreamUse.target_id == target_id, RestreamUse.is_on
    )
    concerned = {session_id, *session.scalars(in_use)}
    _noted(session, row, session_id, "removed", actor)
    session.execute(delete(RestreamUse).where(RestreamUse.target_id == target_id))
    session.delete(row)
    session.flush()
    for each in sorted(concerned):
        publish(session, TargetsChanged(each))


def switch(session: Session, session_id: str, target_id: str, *, is_on: bool, actor: str) -> None:
    """Show the session at a place, or no longer. On again begins anew what was refused.

    Raises:
        NotFound: not a place of the session's organiser.
    """
    row = _target(session, session_id, target_id)
    use = _use(session, row, session_id)
    use.is_on = is_on
    use.state, use.tries = ("waiting" if is_on else "off"), 0
    use.state_ms = clock.now_ms()
    session.flush()
    _noted(session, row, session_id, "on" if is_on else "off", actor)
    publish(session, TargetsChanged(session_id))


def hear(session: Session, session_id: str, target_id: str, said: str, at_ms: int) -> None:
    """Write down what the engine told of a target: its state, and after a `-` how many tries failed.

    What is of no place in use is not heard; neither is anything older than what was told last.
    """
    use = session.get(RestreamUse, (session_id, target_id), populate_existing=True)
    state, _, tries = said.partition("-")
    if use is None or not use.is_on or at_ms < use.state_ms or state not in STATES:
        return
    use.state, use.tries, use.state_ms = state, int(tries) if tries.isdecimal() else 0, at_ms
    session.flush()


def stream_began(session: Session, session_id: str) -> None:
    """Have the engine told where the session is to be shown, if anywhere: it forgets over a restart."""
    if any(each.is_on for each in _uses(session, session_id).values()):
        publish(session, TargetsChanged(session_id))


def of_session(session: Session, session_id: str) -> tuple[ShownTarget, ...]:
    """The organiser's places, oldest first, and how the session stands at each.

    Raises:
        NotFound: no such session.
    """
    seller_id = _organiser(session, session_id)
    uses = _uses(session, session_id)
    query = select(RestreamTarget).where(RestreamTarget.seller_id == seller_id)
    return tuple(
        _shown(row, uses.get(row.id))
        for row in session.scalars(query.order_by(RestreamTarget.created_ms, RestreamTarget.id))
    )


def wanted(session: Session, session_id: str) -> tuple[Target, ...]:
    """Where the session is to be shown, keys in clear: for the moment of telling the engine."""
    query = (
        select(RestreamTarget)
        .join(RestreamUse, RestreamUse.target_id == RestreamTarget.id)
        .where(RestreamUse.session_id == session_id, RestreamUse.is_on)
        .order_by(RestreamTarget.created_ms, RestreamTarget.id)
    )
    return tuple(
        Target(row.id, row.url, vault.unseal(row.key))
        for row in session.scalars(query)
        if vault.can_unseal(row.key)
    )


def _shown(row: RestreamTarget, use: RestreamUse | None) -> ShownTarget:
    is_on = use is not None and use.is_on
    return ShownTarget(
        id=row.id,
        kind=row.kind,
        name=row.name,
        host=restream_place.read(row.url).host,
        tail=row.tail,
        is_on=is_on,
        state=use.state if use is not None and is_on else "off",
        tries=use.tries if use is not None else 0,
    )


def _seal(row: RestreamTarget, key: str) -> None:
    key = key.strip()
    if not _KEY.fullmatch(key):
        raise BadTargetKey()
    row.key, row.tail = vault.seal(key), key[-_TAIL:]


def _organiser(session: Session, session_id: str) -> str:
    found = access.organiser_of(session, session_id)
    if found is None:
        raise NotFound()
    return found


def _target(session: Session, session_id: str, target_id: str) -> RestreamTarget:
    row = session.get(
        RestreamTarget, target_id, with_for_update={"of": RestreamTarget}, populate_existing=True
    )
    if row is None or row.seller_id != _organiser(session, session_id):
        raise NotFound()
    return row


def _use(session: Session, row: RestreamTarget, session_id: str) -> RestreamUse:
    key = {"session_id": session_id, "target_id": row.id}
    fresh = {"seller_id": row.seller_id, "is_on": False, "state": "off", "tries": 0, "state_ms": 0}
    insert_new(session, RestreamUse, {**key, **fresh})
    return session.get_one(RestreamUse, (session_id, row.id), populate_existing=True)


def _uses(session: Session, session_id: str) -> dict[str, RestreamUse]:
    query = select(RestreamUse).where(RestreamUse.session_id == session_id)
    return {each.target_id: each for each in session.scalars(query)}


def _noted(session: Session, row: RestreamTarget, session_id: str, what: str, actor: str) -> None:
    session.add(
        RestreamChange(
            seller_id=row.seller_id,
            session_id=session_id,
            target_id=row.id,
            name=row.name,
            what=what,
            actor=actor,
            at_ms=clock.now_ms(),
        )
    )
    session.flush()
