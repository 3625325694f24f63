"""Every write may be sent again (promise P5): same id and body, same answer; other body, conflict.

The answer is stored in the writing transaction, so a repeat after a lost acknowledgement finds it and
two repeats at once have one effect (the second waits on the first one's row).
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from sqlalchemy import Select, Table, Update, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.errors import ClientIdConflict, DomainError
from core.identity.models import ClientWrite
from core.in_lists import placed, places, size_for
from core.store_errors import TryAgain
from core.strict_json import JsonValue, canonical

JsonObject = dict[str, JsonValue]

_WRITES = cast(Table, ClientWrite.__table__)


@dataclass(frozen=True)
class WriteKey:
    """Which write this is: whose (`Login.actor`), under which id of theirs, and of what content."""

    actor: str
    client_id: str
    digest: str


def key_of(actor: str, client_id: str, kind: str, body: JsonObject) -> WriteKey:
    """The key of one write; `kind` names the operation, `body` is what was asked (without the id)."""
    return WriteKey(actor, client_id, hashlib.sha256(canonical([kind, body])).hexdigest())


def key_of_body(actor: str, kind: str, body: JsonObject) -> WriteKey:
    """The key of one write whose `body`, as its schema let it through, carries the `client_id`."""
    asked = {name: value for name, value in body.items() if name != "client_id"}
    return key_of(actor, cast(str, body["client_id"]), kind, asked)


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
    told = {"whose": key.actor, "id": key.client_id, "told": json.dumps(answer, ensure_ascii=False)}
    session.execute(_keeping(), told)
    return answer


def each_once(
    session: Session,
    keys: Sequence[WriteKey],
    act: Callable[[Sequence[int]], Sequence[JsonObject | DomainError]],
) -> list[JsonObject | DomainError]:
    """As `once` for many writes in one transaction; an outcome that is an error keeps nothing.

    `act` gets the places (indices in `keys`) of the writes that are new, and answers what each comes to.

    Raises:
        TryAgain: another process kept one of the keys meanwhile.
    """
    told = _kept_answers(session, keys)
    new: dict[tuple[str, str], int] = {}
    for place, key in enumerate(keys):
        if (key.actor, key.client_id) not in told:
            new.setdefault((key.actor, key.client_id), place)
    outcomes = dict(zip(new, act(list(new.values())), strict=True)) if new else {}
    _keep_answers(session, [(keys[place], outcomes[owner]) for owner, place in new.items()])
    for owner, place in new.items():
        told[owner] = keys[place].digest, outcomes[owner]
    return [_told(key, *told[key.actor, key.client_id]) for key in keys]


def _told(
    key: WriteKey, digest: str, outcome: JsonObject | DomainError
) -> JsonObject | DomainError:
    return outcome if digest == key.digest else ClientIdConflict()


def _kept_answers(
    session: Session, keys: Sequence[WriteKey]
) -> dict[tuple[str, str], tuple[str, JsonObject | DomainError]]:
    """Digest and answer of those `keys` that were seen before, by owner and id."""
    size = size_for(len(keys))
    values = placed("whose", [key.actor for key in keys], size)
    values |= placed("id", [key.client_id for key in keys], size)
    return {
        (actor, client_id): (digest, json.loads(answer))
        for actor, client_id, digest, answer in session.execute(_seen(size), values)
    }


def _keep_answers(
    session: Session, answered: Sequence[tuple[WriteKey, JsonObject | DomainError]]
) -> None:
    now = clock.now_ms()
    rows = [
        {
            "actor": key.actor,
            "client_id": key.client_id,
            "digest": key.digest,
            "answer": json.dumps(answer, ensure_ascii=False),
            "created_ms": now,
        }
        for key, answer in answered
        if not isinstance(answer, DomainError)
    ]
    if not rows:
        return
    try:
        session.execute(insert(_WRITES).returning(_WRITES.c.actor), rows)
    except IntegrityError as error:
        raise TryAgain() from error


@cache
def _seen(size: int) -> Select[str, str, str, str]:
    """What is kept of `size` keys; each is one look into the index."""
    columns = _WRITES.c
    keys = zip(places("whose", size), places("id", size), strict=True)
    wanted = [and_(columns.actor == whose, columns.client_id == own) for whose, own in keys]
    kept = select(columns.actor, columns.client_id, columns.digest, columns.answer)
    return kept.where(or_(*wanted))


@cache
def _keeping() -> Update:
    """Built once: every write with a client id ends with it."""
    kept = update(_WRITES).where(
        _WRITES.c.actor == bindparam("whose"), _WRITES.c.client_id == bindparam("id")
    )
    return kept.values(answer=bindparam("told"))


def _kept_answer(session: Session, key: WriteKey) -> JsonObject:
    query = select(ClientWrite.digest, ClientWrite.answer).where(
        ClientWrite.actor == key.actor, ClientWrite.client_id == key.client_id
    )
    digest, answer = session.execute(query).one()
    if digest != key.digest:
        raise ClientIdConflict()
    kept: JsonObject = json.loads(answer)
    return kept
