"""How SePay signs its notices.

Why: an unsigned notice would let anybody make an order paid.
Refuses: to read the body (it signs bytes, never parsed JSON) and to know the time (passed in).
Source: SePay webhook documentation, HMAC scheme.
"""

import hmac
import re

from payments.bank import signing
from payments.errors import BadSignature

SCHEME = "sha256="
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def sign(secret: str, timestamp: str, raw: bytes) -> str:
    """Return the header `X-SePay-Signature` for a raw body.

    `sha256=` and the hex HMAC-SHA256 of `timestamp + "." + raw`; `timestamp` is Unix seconds as
    text, as sent in `X-SePay-Timestamp`.
    """
    signed = timestamp.encode() + b"." + raw
    return SCHEME + hmac.digest(secret.encode(), signed, "sha256").hex()


def verify(secret: str, timestamp: str, raw: bytes, *, signature: str, now_ms: int | None) -> None:
    """Do nothing if the notice is genuine and fresh; raise BadSignature if not.

    `signature` and `timestamp` come from the headers as they stand, `raw` is the body before any
    parsing, `now_ms` is UTC milliseconds (None: its age is not judged). Drift up to five minutes
    either way is taken. An empty secret never verifies: a feed without its secret must not be open to
    all.
    """
    if not secret or not _TIMESTAMP.fullmatch(timestamp):
        raise BadSignature("signature" if not secret else "timestamp")
    signing.check_same(sign(secret, timestamp, raw), signature)
    signing.check_age(int(timestamp) * 1000, now_ms)
