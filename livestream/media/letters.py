"""How the engine and the web process sign what they write to each other. Pure.

A letter of the web process is signed over verb, stream and body, and says when it was written, so that one
that was read on the way is worth nothing a minute later. News of the engine are numbered instead: the web
process takes each number once.
"""

import hashlib
import hmac

from core import strict_json
from core.errors import DomainError

SIGNATURE = "X-Media-Signature"
FRESH_MS = 60_000
"""How old a letter may be: two processes of one machine, or two machines with clocks kept by NTP."""


class BadLetter(Exception):
    """Not from the other process, or not now."""


def of_news(secret: bytes, body: bytes) -> str:
    """Hex HMAC-SHA256 of a body of news."""
    return hmac.digest(secret, b"news." + body, hashlib.sha256).hex()


def of_control(secret: bytes, verb: str, stream: str, body: bytes) -> str:
    """Hex HMAC-SHA256 of what the web process asks."""
    said = f"control.{verb}.{stream}.".encode() + body
    return hmac.digest(secret, said, hashlib.sha256).hex()


def require(right: str, given: str) -> None:
    """Raises:
    BadLetter: `given` is not the signature that would be `right`.
    """
    if not hmac.compare_digest(right.encode(), given.encode()):
        raise BadLetter()


def read(body: bytes) -> dict[str, object]:
    """What is said. Precondition: its signature was right.

    Raises:
        BadLetter: it is no JSON object that says `at_ms`.
    """
    try:
        said = strict_json.loads(body)
    except DomainError:
        raise BadLetter() from None
    if not isinstance(said, dict) or not isinstance(said.get("at_ms"), int):
        raise BadLetter()
    return {**said}


def require_fresh(said: dict[str, object], now_ms: int) -> None:
    """Raises:
    BadLetter: it was written more than a minute from `now_ms`.
    """
    at_ms = said["at_ms"]
    if not isinstance(at_ms, int) or abs(now_ms - at_ms) > FRESH_MS:
        raise BadLetter()
