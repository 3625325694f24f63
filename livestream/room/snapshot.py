"""A session as the room sees it, and how the event log moves it on.

The law, tested for every event type: `fold(snapshot(n), events n+1…m) == snapshot(m)`. So a viewer who
missed something needs only the events, and the page, the host's screen and a checker agree on one truth.
Refuses whatever no event carries: what is left and who is watching go by `pulse`, money by `host`.
Source: docs/live-protocol.md.
"""

from collections.abc import Callable, Iterable
from copy import deepcopy
from typing import NotRequired, TypedDict, cast

from core.strict_json import JsonValue

NEWEST = 100
"""How many claims a snapshot shows: the newest, oldest of them first."""

ClaimLine = list[int | str]
"""One claim as everybody may see it: number, name_masked, code, held, waiting, status, at."""

_NUMBER, _CODE, _HELD, _WAITING, _STATUS = 0, 2, 3, 4, 5
_COUNTED_AS = {"held": "held", "split": "held", "ordered": "ordered", "paid": "paid"}


class Flash(TypedDict):
    """A price for a while: `[starts_at, ends_at)`, by the time the server received the claim.

    `packs` are sold at it in all, `limit` to one buyer; without them, as many as the pin has.
    """

    price_vnd: int
    starts_at: str
    ends_at: str
    packs: NotRequired[int]
    limit: NotRequired[int]


class PinView(TypedDict):
    """A pin as the room sees it: prices in đồng per pack, `packs` sold in all, `limit` per buyer.

    `pack_size` is in `base_unit`; pack and size make the label (`catalog.units.pack_label`).
    """

    code: str
    position: int
    state: str
    listing: str
    product: str
    seller: str
    seller_name: str
    name: str
    art: str
    unit_word: str
    base_unit: str
    pack_size: int
    shop_price_vnd: int
    price_vnd: int
    packs: int
    limit: int
    flash: Flash | None
    by_weight: NotRequired[bool]


class Counters(TypedDict):
    """How many claims there were, and the packs that are held, wait, are ordered, are paid."""

    claims: int
    held: int
    waiting: int
    ordered: int
    paid: int


class Organiser(TypedDict):
    """Who holds the session."""

    id: str
    name: str


class Snapshot(TypedDict):
    """A session after its event `seq`."""

    session: str
    title: str
    organiser: Organiser
    state: str
    seq: int
    announcement: str
    pins: list[PinView]
    claims: list[ClaimLine]
    counters: Counters


class LogLine(TypedDict):
    """One event: its gapless `seq`, its type, the server's time, and data of that type's shape.

    `session_live`, `session_interrupted`, `session_ended`: `{}` · `pinned`: a PinView · `unpinned`:
    `{code, state: queued | closed, waiting_ended}` · `price_changed`: `{code, price_vnd,
    shop_price_vnd?}` ·
    `flash_started`: `{code, price_vnd, starts_at, ends_at, packs?, limit?}` · `flash_ended`: `{code}` ·
    `allotment_changed`: `{code, packs}` · `claims`: a list of ClaimLines · `claim_changed`:
    `{claim: ClaimLine, was: {held, waiting, status}}` · `announcement`: `{text}`.
    """

    seq: int
    type: str
    at: str
    data: JsonValue


def fold(snapshot: Snapshot, events: Iterable[LogLine]) -> Snapshot:
    """Return the snapshot after `events`; the one given is left as it is.

    Precondition: the events follow it without a gap, else ValueError.
    """
    folded = deepcopy(snapshot)
    for event in events:
        if event["seq"] != folded["seq"] + 1:
            raise ValueError(f"event {event['seq']} does not follow {folded['seq']}")
        _FOLDS[event["type"]](folded, event["data"])
        folded["seq"] = event["seq"]
    return folded


def _session_live(now: Snapshot, _data: JsonValue) -> None:
    now["state"] = "live"


def _session_interrupted(now: Snapshot, _data: JsonValue) -> None:
    now["state"] = "interrupted"


def _session_ended(now: Snapshot, _data: JsonValue) -> None:
    now["state"] = "ended"
    now["counters"]["waiting"] = 0
    for pin in now["pins"]:
        pin["state"] = "closed"
    for line in now["claims"]:
        _stop_waiting(line)


def _pinned(now: Snapshot, data: JsonValue) -> None:
    pin = cast(PinView, deepcopy(data))
    others = [other for other in now["pins"] if other["code"] != pin["code"]]
    if pin["state"] == "showing":
        for other in others:
            other["state"] = "side" if other["state"] == "showing" else other["state"]
    now["pins"] = sorted([*others, pin], key=lambda one: one["position"])


class _Unpinned(TypedDict):
    code: str
    state: str
    waiting_ended: int


def _unpinned(now: Snapshot, data: JsonValue) -> None:
    gone = cast(_Unpinned, data)
    if gone["state"] == "queued":
        now["pins"] = [pin for pin in now["pins"] if pin["code"] != gone["code"]]
        return
    pin = _pin(now, gone["code"])
    if pin is not None:
        pin["state"] = "closed"
    now["counters"]["waiting"] -= gone["waiting_ended"]
    for line in now["claims"]:
        if line[_CODE] == gone["code"]:
            _stop_waiting(line)


class _Priced(TypedDict):
    code: str
    price_vnd: int
    shop_price_vnd: NotRequired[int]


def _price_changed(now: Snapshot, data: JsonValue) -> None:
    change = cast(_Priced, data)
    pin = _pin(now, change["code"])
    if pin is not None:
        pin["price_vnd"] = change["price_vnd"]
        pin["shop_price_vnd"] = change.get("shop_price_vnd", pin["shop_price_vnd"])


def _flash_started(now: Snapshot, data: JsonValue) -> None:
    flash = cast(dict[str, int | str], deepcopy(data))
    pin = _pin(now, str(flash.pop("code")))
    if pin is not None:
        pin["flash"] = cast(Flash, flash)


def _flash_ended(now: Snapshot, data: JsonValue) -> None:
    pin = _pin(now, cast(dict[str, str], data)["code"])
    if pin is not None:
        pin["flash"] = None


class _Resized(TypedDict):
    code: str
    packs: int


def _allotment_changed(now: Snapshot, data: JsonValue) -> None:
    change = cast(_Resized, data)
    pin = _pin(now, change["code"])
    if pin is not None:
        pin["packs"] = change["packs"]


def _claims(now: Snapshot, data: JsonValue) -> None:
    for line in cast(list[ClaimLine], deepcopy(data)):
        now["claims"].append(line)
        now["counters"]["claims"] += 1
        _count(now["counters"], line[_STATUS], line[_HELD], line[_WAITING])
    now["claims"] = now["claims"][-NEWEST:]


class _Was(TypedDict):
    held: int
    waiting: int
    status: str


class _Changed(TypedDict):
    claim: ClaimLine
    was: _Was


def _claim_changed(now: Snapshot, data: JsonValue) -> None:
    change = cast(_Changed, deepcopy(data))
    line, was = change["claim"], change["was"]
    _count(now["counters"], was["status"], -was["held"], -was["waiting"])
    _count(now["counters"], line[_STATUS], line[_HELD], line[_WAITING])
    numbers = [known[_NUMBER] for known in now["claims"]]
    if line[_NUMBER] in numbers:
        now["claims"][numbers.index(line[_NUMBER])] = line


def _announcement(now: Snapshot, data: JsonValue) -> None:
    now["announcement"] = cast(dict[str, str], data)["text"]


_FOLDS: dict[str, Callable[[Snapshot, JsonValue], None]] = {
    "session_live": _session_live,
    "session_interrupted": _session_interrupted,
    "session_ended": _session_ended,
    "pinned": _pinned,
    "unpinned": _unpinned,
    "price_changed": _price_changed,
    "flash_started": _flash_started,
    "flash_ended": _flash_ended,
    "allotment_changed": _allotment_changed,
    "claims": _claims,
    "claim_changed": _claim_changed,
    "announcement": _announcement,
}

EVENT_TYPES = frozenset(_FOLDS)
"""Every type an event may have."""


def _pin(now: Snapshot, code: str) -> PinView | None:
    """The pin of `code`, or None while it is not shown: `pinned` will bring it whole."""
    return next((pin for pin in now["pins"] if pin["code"] == code), None)


def _count(counters: Counters, status: int | str, held: int | str, waiting: int | str) -> None:
    """Add packs of a claim to the counters; the line's types are wider than what stands there."""
    counted = _COUNTED_AS.get(str(status))
    if counted == "held":
        counters["held"] += int(held)
    elif counted == "ordered":
        counters["ordered"] += int(held)
    elif counted == "paid":
        counters["paid"] += int(held)
    counters["waiting"] += int(waiting)


def _stop_waiting(line: ClaimLine) -> None:
    """The waiting part of a claim ends: what is held stays held."""
    if line[_WAITING]:
        line[_WAITING] = 0
        line[_STATUS] = {"split": "held", "waitlisted": "ended"}.get(
            str(line[_STATUS]), line[_STATUS]
        )
