"""What one buyer has in a session, in words: a strip per basket, a line per claim.

Read from `boards.mine`, which the script gets as it is. Refuses what another device of an unproved number
claimed (ADR 0004).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from sqlalchemy.orm import Session

from core import clock
from core.client_ids import JsonObject
from core.identity.logins import Login
from core.ids import new_id
from core.strict_json import JsonValue
from livestream.delivery import boards
from livestream.desk.hold_rule import MINUTE_MS
from livestream.room import room_words
from livestream.room.snapshot import Snapshot

_SOON_MS = 3 * MINUTE_MS
_CHANGEABLE = frozenset({"held", "split", "waitlisted"})


@dataclass(frozen=True)
class Strip:
    """A basket in a line: what it is, how long it is kept, where it is paid ("" while it only waits)."""

    what: str
    how: str
    url: str
    soon: bool


@dataclass(frozen=True)
class OwnClaim:
    """One of the buyer's claims in words; `packs` held and waiting, `open` while it can be lowered."""

    id: str
    what: str
    how: str
    sum_vnd: int
    packs: int
    open: bool
    client_id: str


def of(session: Session, session_id: str, login: Login | None) -> JsonObject:
    """A buyer's claims and baskets as `boards.mine` says them; of an unproved device only its own."""
    if login is None or login.person_id is None:
        return {"session": session_id, "claims": [], "baskets": []}
    return boards.mine(session, session_id, login.person_id, login.unproved_device_id)


def strips(own: JsonObject, snapshot: Snapshot) -> tuple[Strip, ...]:
    """A strip for each basket and unpaid order, and one for what only waits."""
    words = room_words.words()
    units = {pin["code"]: pin["unit_word"] for pin in snapshot["pins"]}
    claims = cast(list[JsonObject], own["claims"])
    baskets = cast(list[JsonObject], own["baskets"])
    session_id = snapshot["session"]
    shown = [_strip(session_id, basket, _units(basket, claims, units)) for basket in baskets]
    waits = [claim for claim in claims if claim["waiting"]]
    if waits and shown:
        packs = sum(cast(int, claim["waiting"]) for claim in waits)
        more = str(words["waiting_n"]).format(n=packs)
        shown[-1] = replace(shown[-1], how=f"{shown[-1].how} · {more}")
    elif waits:
        packs = sum(cast(int, claim["waiting"]) for claim in waits)
        what = room_words.packs_words(packs, {units.get(str(c["code"]), "") for c in waits})
        sentence = str(words["waiting_strip"]).replace("{n} {unit}", what)
        shown.append(Strip(sentence, str(words["waiting_how"]), "", soon=False))
    return tuple(shown)


def lines(own: JsonObject) -> tuple[OwnClaim, ...]:
    """The buyer's claims in words, the newest first."""
    words = room_words.words()
    claims = cast(list[JsonObject], own["claims"])
    return tuple(_own_claim(claim, words) for claim in reversed(claims))


def _units(basket: JsonObject, claims: Sequence[JsonObject], units: dict[str, str]) -> set[str]:
    """The pack words of what is held with the basket's seller."""
    return {
        units.get(str(claim["code"]), "")
        for claim in claims
        if claim["held"] and claim["seller"] == basket["seller"]
    }


def _strip(session_id: str, basket: JsonObject, units: set[str]) -> Strip:
    words, order = room_words.words(), basket.get("order")
    until = str(basket["pay_by"] if order else basket["expires_at"])
    packs = "" if order else room_words.packs_words(cast(int, basket["packs"]), units)
    time = room_words.short_time(until, clock.now_ms())
    return Strip(
        what=room_words.strip_words(packs, cast(int, basket["amount_vnd"])),
        how=str(words["ordered" if order else "until"]).format(time=time),
        url=f"/orders/{order}" if order else f"/live/{session_id}/basket/{basket['seller']}",
        soon=until < clock.iso(clock.now_ms() + _SOON_MS),
    )


def _own_claim(claim: JsonObject, words: dict[str, JsonValue]) -> OwnClaim:
    held, waiting = cast(int, claim["held"]), cast(int, claim["waiting"])
    packs, status = held + waiting, str(claim["status"])
    return OwnClaim(
        id=str(claim["claim"]),
        what=f"{f'{packs} × ' if packs else ''}{claim['code']} {claim['name']}",
        how=_standing(claim, words),
        sum_vnd=held * cast(int, claim["unit_price_vnd"]),
        packs=packs,
        open=status in _CHANGEABLE,
        client_id=new_id(),
    )


def _standing(claim: JsonObject, words: dict[str, JsonValue]) -> str:
    parts = [str(words["number"]).format(n=claim["number"])]
    parts.append(cast(dict[str, str], words["status"])[str(claim["status"])])
    if claim["held"] and claim["expires_at"]:
        time = room_words.short_time(str(claim["expires_at"]), clock.now_ms())
        parts.append(str(words["until"]).format(time=time))
    if claim["held"] and claim["waiting"]:
        parts.append(str(words["waiting_n"]).format(n=claim["waiting"]))
    return " · ".join(parts)
