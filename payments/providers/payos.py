"""payOS: one notice, one transfer that came for one of its payment links; nothing that left the account.

The signature stands in the body and covers `data` alone, written as `key=value` pairs; there is no time
in it, so that a notice is fresh for ever and only its replay key tells it from the same one again.
Refuses to know payment links: which payment is meant is read from the transfer's text, as with every
bank. When an address is set up, payOS sends a notice of an order nobody has; it is taken like any other.
Source: payOS webhook documentation and payos-lib-python (payOSHQ).
"""

import hmac

from core.errors import BadJson, BadRequest, TooLarge
from core.strict_json import JsonValue, loads
from payments.bank import signing
from payments.errors import BadSignature
from payments.providers import javascript, reading
from payments.providers.base import BankMovement, Notice
from payments.providers.reading import Fields

_DONE = "00"
_NOTHING = (None, "null", "undefined")


class PayOS:
    """The provider `payos`."""

    name = "payos"
    headers = ()

    def verify(self, notice: Notice, secret: str, now_ms: int | None) -> None:
        """Check the HMAC in the body; a notice has no time that could be judged."""
        data, signature = _signed(notice.body)
        if not secret:
            raise BadSignature("signature")
        signing.check_same(sign(secret, data), signature)

    def replay_key(self, body: bytes) -> str:
        """The payment link's id and the bank's reference."""
        return _key(_data(body))

    def read(self, body: bytes) -> list[BankMovement]:
        """The transfer of the notice; none if it tells of one that was not carried out."""
        data = _data(body)
        if not _is_done(reading.fields_of(body), data):
            return []
        if reading.text(data, "currency", 3) not in ("", "VND"):
            raise BadRequest("currency", "not VND")
        key = reading.short_key("payos", _key(data))
        return [reading.transfer(data, key, reading.amount_vnd(data, "amount"))]


def sign(secret: str, data: Fields) -> str:
    """Return the `signature` of a notice about `data`: hex HMAC-SHA256 of `signed_text`."""
    return hmac.digest(secret.encode(), signed_text(data).encode(), "sha256").hex()


def signed_text(data: Fields) -> str:
    """Return what payOS signs: `key=value` joined by `&`, keys sorted.

    Null and the words `null` and `undefined` are empty, lists are JSON with the keys of each element sorted
    (deeper ones stay as they came: so does payOS's own library), the rest is written as JavaScript writes it.
    """
    return "&".join(f"{key}={_written(value)}" for key, value in sorted(data.items()))


def _written(value: JsonValue) -> str:
    if value in _NOTHING:
        return ""
    if isinstance(value, list):
        return javascript.text_of([_with_own_keys_sorted(element) for element in value])
    # JavaScript would write an object as "[object Object]", which proves nothing of what is in it.
    return value if isinstance(value, str) else javascript.text_of(value)


def _with_own_keys_sorted(element: JsonValue) -> JsonValue:
    return dict(sorted(element.items())) if isinstance(element, dict) else element


def _signed(body: bytes) -> tuple[Fields, str]:
    """What was signed, and the signature."""
    try:
        fields = loads(body)
    except (BadJson, TooLarge) as error:
        raise BadSignature("body") from error
    if not isinstance(fields, dict):
        raise BadSignature("body")
    data, signature = fields.get("data"), fields.get("signature")
    if not (isinstance(data, dict) and isinstance(signature, str)):
        raise BadSignature("signature")
    return data, signature


def _data(body: bytes) -> Fields:
    return reading.as_fields(reading.fields_of(body).get("data"), "data")


def _is_done(fields: Fields, data: Fields) -> bool:
    codes = {fields.get("code", _DONE), data.get("code", _DONE)}
    return fields.get("success", True) is True and codes == {_DONE}


def _key(data: Fields) -> str:
    return reading.short_key(reading.identity(data, "paymentLinkId"), reading.reference(data))
