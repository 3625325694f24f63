"""How often one account may ask: token buckets in memory, as many as fit, the idle ones forgotten.

Keyed by account; by network address only for logins and codes, and generously, because whole provinces
share one. A limit is per process: it keeps a hand from running hot, it is not a proof of anything, and
what must hold (tries of a code, claims of a person) is counted in the database instead.
"""

import ipaddress
import threading
from collections import OrderedDict
from dataclasses import dataclass

from flask import Flask, current_app

from core import clock
from core.errors import TooFast

_MOST_KEYS = 20_000
_IPV6_NETWORK = 64


@dataclass(frozen=True)
class Limit:
    """`burst` at once, then one every `refill_ms`; `name` keeps its keys apart from other limits'."""

    name: str
    burst: int
    refill_ms: int


class Buckets:
    """The state of all limits of one application: per key the time at which its bucket is full again.

    At most `most` keys are kept; beyond that the key not asked for longest is forgotten, that is, full.
    """

    def __init__(self, most: int = _MOST_KEYS) -> None:
        self._most = most
        self._full_ms: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._full_ms)

    def take(self, limit: Limit, key: str, now_ms: int) -> None:
        """Take one token of `key`.

        Raises:
            TooFast: the bucket is empty; it says when the next token comes.
        """
        place = f"{limit.name}:{key}"
        with self._lock:
            whole_ms = limit.burst * limit.refill_ms  # an empty bucket is full again after this
            known_ms = self._full_ms.get(place, 0)
            if known_ms > now_ms + whole_ms:  # time jumped back: the bucket is empty as of now
                known_ms = self._full_ms[place] = now_ms + whole_ms
            full_ms = max(known_ms, now_ms) + limit.refill_ms
            too_early_ms = full_ms - now_ms - whole_ms
            if too_early_ms > 0:
                raise TooFast(retry_after_ms=too_early_ms)
            self._full_ms[place] = full_ms
            self._full_ms.move_to_end(place)
            if len(self._full_ms) > self._most:
                self._full_ms.popitem(last=False)


def take(limit: Limit, key: str) -> None:
    """Take one token of `key` (an account, an address) under `limit` in this application.

    Raises:
        TooFast: too many were taken; `retry_after_ms` says when the next one comes.
    """
    buckets_of(current_app).take(limit, key, clock.machine_ms())


def buckets_of(app: Flask) -> Buckets:
    """The state of the limits of `app`."""
    buckets: Buckets = app.extensions.setdefault("rate_buckets", Buckets())
    return buckets


def network_of(address: str | None) -> str:
    """The network an address counts under: itself (IPv4), its /64 (IPv6), "" when there is none."""
    if not address or ":" not in address:
        return address or ""
    try:
        return str(ipaddress.ip_network((address.partition("%")[0], _IPV6_NETWORK), strict=False))
    except ValueError:
        return address
