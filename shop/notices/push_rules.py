"""Which addresses a browser may name as its push service, and what an answer of one means. Pure.

The address comes from whoever subscribes, so only the services of known browsers are written to, and
those an operator added. Refuses anything else: the market posts to nobody's server because a stranger
said so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_SERVICES = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com")
_FAMILIES = (".push.apple.com", ".notify.windows.com", ".push.services.mozilla.com")
"""Chrome and all built on it, Firefox, Safari, Edge; the hosts of a family end so."""
MOST_LETTERS = 600
_LEAST_S, _MOST_S = 60, 3_600
TAKEN, GONE, LATER, REFUSED = "taken", "gone", "later", "refused"


@dataclass(frozen=True)
class Verdict:
    """What an answer means: TAKEN, GONE (nobody listens there any more), LATER (in `again_s`), REFUSED."""

    word: str
    again_s: int = 0


def origin_of(endpoint: str) -> str:
    """Scheme, host and port of an address, as VAPID names whom a word is for; "" if it has none."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return ""
    if not parts.scheme or not parts.hostname:
        return ""
    return f"{parts.scheme}://{parts.hostname}{f':{port}' if port else ''}"


def is_known(endpoint: str, added: Collection[str] = ()) -> bool:
    """Whether `endpoint` is at the push service of a known browser, or at an origin among `added`."""
    if len(endpoint) > MOST_LETTERS or not endpoint.isascii() or not endpoint.isprintable():
        return False
    origin = origin_of(endpoint)
    try:
        parts = urlsplit(endpoint)
    except ValueError:
        return False
    if not origin or " " in endpoint or "@" in parts.netloc or parts.fragment:
        return False
    if origin in added:
        return True
    host = parts.hostname or ""
    if parts.scheme != "https" or parts.netloc.lower() not in {host, f"{host}:443"}:
        return False
    return host in _SERVICES or host.endswith(_FAMILIES)


def verdict(status: int, headers: Mapping[str, str]) -> Verdict:
    """What the service's answer means (RFC 8030; 403: the subscription is of other keys than ours).

    It says itself when to come back (seconds; a date counts as a minute): kept from a minute to an hour.
    """
    if 200 <= status < 300:
        return Verdict(TAKEN)
    if status in {403, 404, 410}:
        return Verdict(GONE)
    if status == 429 or status >= 500:
        said = headers.get("retry-after", "")
        wait_s = int(said) if said.isascii() and said.isdigit() and len(said) < 7 else _LEAST_S
        return Verdict(LATER, min(max(wait_s, _LEAST_S), _MOST_S))
    return Verdict(REFUSED)
