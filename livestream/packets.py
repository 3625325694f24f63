"""One strict reader before Socket.IO's own: what it cannot read it answers by packet id, or closes.

Socket.IO's parser raises inside `json.loads` without an answer, accepts events named like its internal
ones and binary attachments; here a packet is one of `CONNECT`, `DISCONNECT` or an event of ours with
one JSON object, read by the strict JSON door.
"""

import re
from dataclasses import dataclass

from core.errors import BadRequest, DomainError
from core.strict_json import loads

NAMESPACE = "/live"
EVENTS = frozenset({"join", "claim", "comment", "change", "leave"})

CONNECT, DISCONNECT, EVENT = "0", "1", "2"
_PACKET = re.compile(r"([0-4])(?:(/[^,]{0,40}),)?([0-9]{0,9})(.*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Accepted:
    """A packet Socket.IO may read."""


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
    try:
        _check(kind, payload)
    except DomainError as error:
        return Answered(int(packet_id), error) if kind == EVENT and packet_id else Hopeless()
    return Accepted()


def _check(kind: str, payload: str) -> None:
    if kind == CONNECT:
        if payload and not isinstance(loads(payload), dict):
            raise BadRequest(field="auth", why="must be an object")
        return
    event = loads(payload)
    if not isinstance(event, list) or not event or event[0] not in EVENTS:
        raise BadRequest(field="event", why="unknown event")
    if len(event) != 2 or not isinstance(event[1], dict):
        raise BadRequest(field=str(event[0]), why="takes one object")
