"""Every write may be sent again (promise P5): same id and body, same answer; other body, conflict.

The answer is stored in the writing transaction, so a repeat after a lost acknowledgement finds it and
two repeats at once have one effect (the second waits on the first one's row).
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import ClientIdConflict
from core.identity.models import ClientWrite
from core.strict_json import JsonValue, canonical

JsonObject = dict[str, JsonValue]


@dataclass(frozen=True)
class WriteKey:
    """Which write this is: whose (`Login.actor`), under which id of theirs, and of what content."""

    actor: str
    client_id: str
    digest: str


def key_of(actor: str, client_id: str, kind: str, body: JsonObject) -> WriteKey:
    """The key of one write; `kind` names the operation, `body` is what was asked (without the id)."""
    return WriteKey(actor, client_id, hashlib.sha256(canonical([kind, body])).hexdigest())


def once(session: Session, key: WriteKey, act: Callable[[], JsonObject]) -> JsonObject:
    """Run `act` and keep its answer, or give the answer kept when this key was seen before.

    If `act` raises, the caller's transaction is undone and nothing is kept: the write may be tried again.

    Raises:
        ClientIdConflict: the id was used for something else.
    """
    row = {"actor": key.actor, "client_id": key.client_id, "digest": key.digest}
    if not insert_new(session, ClientWrite, {**row, "answer": "", "created_ms": clock.now_ms()}):
        return _kept_answer(session, key)
    answer = act()
    kept = session.get_one(ClientWrite, (key.actor, key.client_id))
    kept.answer = json.dumps(answer, ensure_ascii=False)
    return answer


def _kept_answer(session: Session, key: WriteKey) -> JsonObject:
    query = select(ClientWrite.digest, ClientWrite.answer).where(
        ClientWrite.actor == key.actor, ClientWrite.client_id == key.client_id
    )
    digest, answer = session.execute(query).one()
    if digest != key.digest:
        raise ClientIdConflict()
    kept: JsonObject = json.loads(answer)
    return kept
