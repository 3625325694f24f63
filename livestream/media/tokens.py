"""What the web process signs for browsers to carry: a few facts, readable by all, made by nobody else. Pure.

Form: base64url of JSON, a dot, base64url of its HMAC-SHA256. What is signed begins with the use, so that a
token for one use is worth nothing for another; when it ends is for the use to say.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping

MOST_CHARACTERS = 512


class BadToken(Exception):
    """Not to be believed; `reason` is `form` or `signature`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def signed(use: str, said: Mapping[str, str | int], secret: bytes) -> str:
    """The text that carries `said` for `use`."""
    body = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    return f"{_text(body)}.{_text(_mac(use, body, secret))}"


def read(use: str, text: str, secret: bytes) -> dict[str, str | int]:
    """What was signed for `use`; nothing inside is looked at before its signature.

    Raises:
        BadToken: with its reason.
    """
    if len(text) > MOST_CHARACTERS or text.count(".") != 1:
        raise BadToken("form")
    body, mac = (_bytes(part) for part in text.split("."))
    if not hmac.compare_digest(mac, _mac(use, body, secret)):
        raise BadToken("signature")
    said: dict[str, str | int] = json.loads(body)
    return said


def _mac(use: str, body: bytes, secret: bytes) -> bytes:
    return hmac.digest(secret, f"{use}.".encode() + body, hashlib.sha256)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise BadToken("form") from None
