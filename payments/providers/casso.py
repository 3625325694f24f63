"""Casso, webhook version 2: one notice, one movement of one account; sums below zero left it.

It signs not the bytes it sends but one writing of what they say (keys sorted at every level, no spaces,
letters unescaped), so a body that was written anew with the same values is as genuine. Refuses version 1,
which is not signed.
Source: Casso's samples for checking the signature of webhook V2 (CassoHQ/casso-webhook-v2-verify-signature).
"""

import hmac
import re

from core.errors import BadJson, TooLarge
from core.strict_json import JsonValue, loads
from payments.bank import signing
from payments.errors import BadSignature
from payments.providers import javascript, reading
from payments.providers.base import BankMovement, Notice
from payments.providers.reading import Fields

SIGNATURE = "X-Casso-Signature"
_HEADER = re.compile(r"t=([0-9]{1,15}), ?v1=([0-9a-f]{128})")


class Casso:
    """The provider `casso`."""

    name = "casso"
    headers = (SIGNATURE,)

    def verify(self, notice: Notice, secret: str, now_ms: int | None) -> None:
        """Check the HMAC over what the body says, and its time (milliseconds)."""
        found = _HEADER.fullmatch(notice.headers.get(SIGNATURE, ""))
        if found is None or not secret:
            raise BadSignature("signature")
        signing.check_same(sign(secret, found[1], notice.body), found[2])
        signing.check_age(int(found[1]), now_ms)

    def replay_key(self, body: bytes) -> str:
        """Casso's id of the movement and the bank's reference."""
        data = _data(body)
        return reading.short_key(reading.identity(data, "id"), reading.reference(data))

    def read(self, body: bytes) -> list[BankMovement]:
        """The one movement of the notice."""
        data = _data(body)
        key = reading.short_key("casso", reading.identity(data, "id"))
        amount_vnd = reading.amount_vnd(data, "amount", signed=True)
        balance_vnd = reading.balance_vnd(data, "runningBalance")
        return [reading.transfer(data, key, amount_vnd, balance_vnd)]


def sign(secret: str, timestamp: str, body: bytes) -> str:
    """Return the `v1` of the header for a body: hex HMAC-SHA512 of `timestamp + "." +` what it says.

    `timestamp` is Unix milliseconds as text. Raises BadSignature("body") if it says nothing we can read.
    """
    said = javascript.text_of(javascript.with_sorted_keys(_value(body)))
    return hmac.digest(secret.encode(), f"{timestamp}.{said}".encode(), "sha512").hex()


def _value(body: bytes) -> JsonValue:
    try:
        return loads(body)
    except (BadJson, TooLarge) as error:
        raise BadSignature("body") from error


def _data(body: bytes) -> Fields:
    return reading.as_fields(reading.fields_of(body).get("data"), "data")
