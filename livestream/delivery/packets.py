"""One strict reader before Socket.IO's own: what it cannot read it answers by packet id, or closes.

Socket.IO's parser raises inside `json.loads` without an answer, accepts events named like its internal
ones and binary attachments; here a packet is one of `CONNECT`, `DISCONNECT` or an event of ours with
one JSON object, read by the strict JSON door.
"""

import re
from dataclasses import dataclass

from core.client_ids import JsonObject
from core.errors import BadRequest, DomainError
from core.strict_json import loads

NAMESPACE = "/live"
EVENTS = frozenset({"join", "claim", "comment", "change", "leave"})

CONNECT, DISCONNECT, EVENT = "0", "1", "2"
_PACKET = re.compile(r"([0-4])(?:(/[^,]{0,40}),)?([0-9]{0,9})(.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Event:
    """An event of ours as it was read; `packet_id` is None if the client wants no ack."""

    name: str
    body: JsonObject
    packet_id: int | None


@dataclass(frozen=True)
class Accepted:
    """A packet Socket.IO may read; `event` is what it says if it is one."""

    event: Event | None = None


@dataclass(frozen=True)
class Answered:
    """A packet to be answered with an error under its id, and not read further."""

    packet_id: int
    error: DomainError


@dataclass(frozen=True)
class Hopeless:
    """A packet that cannot be answered: the connection ends."""


def judge(text: str) -> Accepted | Answered | Hopeless:
    """What to do with one Socket.IO packet as it came (without the Engine.IO prefix).

    Source: Socket.IO protocol, revision 5, packet encoding.
    """
    match = _PACKET.match(text)
    if match is None:
        return Hopeless()
    kind, namespace, packet_id, payload = match.groups()
    if kind == DISCONNECT:
        return Accepted()
    if namespace != NAMESPACE or kind not in {CONNECT, EVENT}:
        return Hopeless()
    number = int(packet_id) if packet_id else None
    try:
        if kind == EVENT:
            return Accepted(_event(payload, number))
        _check_auth(payload)
    except DomainError as error:
        return Hopeless() if kind == CONNECT or number is None else Answered(number, error)
    return Accepted()


def _check_auth(payload: str) -> None:
    if payload and not isinstance(loads(payload), dict):
        raise BadRequest(field="auth", why="must be an object")


def _event(payload: str, packet_id: int | None) -> Event:
    event = loads(payload)
    if not isinstance(event, list) or not event or event[0] not in EVENTS:
        raise BadRequest(field="event", why="unknown event")
    if len(event) != 2 or not isinstance(event[1], dict):
        raise BadRequest(field=str(event[0]), why="takes one object")
    return Event(str(event[0]), event[1], packet_id)
