"""How SePay signs its notices.

Why: an unsigned notice would let anybody make an order paid.
Refuses: to read the body (it signs bytes, never parsed JSON) and to know the time (passed in).
Source: SePay webhook documentation, HMAC scheme.
"""

import hmac
import re

from core.errors import N_, DomainError

SCHEME = "sha256="
MAX_DRIFT_MS = 5 * 60 * 1000
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


class BadSignature(DomainError):
    """The notice is not SePay's, or it is too old; `why` is `signature` or `timestamp`."""

    code = "bad_signature"
    status = 401
    message = N_("Thông báo ngân hàng này không có chữ ký đúng nên không được nhận.")

    def __init__(self, why: str) -> None:
        super().__init__(why=why)


def sign(secret: str, timestamp: str, raw: bytes) -> str:
    """Return the header `X-SePay-Signature` for a raw body.

    `sha256=` and the hex HMAC-SHA256 of `timestamp + "." + raw`; `timestamp` is Unix seconds as
    text, as sent in `X-SePay-Timestamp`.
    """
    signed = timestamp.encode() + b"." + raw
    return SCHEME + hmac.digest(secret.encode(), signed, "sha256").hex()


def verify(secret: str, timestamp: str, raw: bytes, *, signature: str, now_ms: int) -> None:
    """Do nothing if the notice is genuine and fresh; raise BadSignature if not.

    `signature` and `timestamp` come from the headers as they stand, `raw` is the body before any
    parsing, `now_ms` is UTC milliseconds. Drift up to five minutes either way is taken. An empty
    secret never verifies: a feed without its secret must not be open to all.
    """
    if not secret or not _TIMESTAMP.fullmatch(timestamp):
        raise BadSignature("signature" if not secret else "timestamp")
    expected = sign(secret, timestamp, raw)
    if not hmac.compare_digest(expected.encode(), signature.encode("utf-8", "surrogatepass")):
        raise BadSignature("signature")
    if abs(now_ms - int(timestamp) * 1000) > MAX_DRIFT_MS:
        raise BadSignature("timestamp")
