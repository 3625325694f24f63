"""What all providers' signatures have in common: compared in constant time, and not older than minutes.

Refuses to read bodies and to know the time (passed in). `now_ms` None leaves the age unjudged: for old
samples on the command line, never for a door.
"""

import hmac

from payments.errors import BadSignature

MAX_DRIFT_MS = 5 * 60 * 1000
"""SePay's and Stripe's documented tolerance; the others name none and get the same."""


def check_same(expected: str, given: str) -> None:
    """Do nothing if the signature given is the one expected; raise BadSignature if not."""
    if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogatepass")):
        raise BadSignature("signature")


def check_age(signed_ms: int, now_ms: int | None) -> None:
    """Do nothing if `signed_ms` is at most five minutes from now, either way; else raise BadSignature."""
    if now_ms is not None and abs(now_ms - signed_ms) > MAX_DRIFT_MS:
        raise BadSignature("timestamp")
