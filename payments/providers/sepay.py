"""SePay: one notice, one movement of one account.

Signed with HMAC over the raw body, or carrying the key itself (`Authorization: Apikey …`); a notice
that has the signature header is judged by it alone. Times are Vietnam's without saying so. Unknown
fields are kept in the stored body and otherwise ignored: providers add them without notice.
Source: SePay webhook documentation.
"""

import datetime
import hmac

from core.clock import VIETNAM
from core.errors import BadRequest
from core.strict_json import JsonValue, loads
from core.text import clean_line
from payments import sepay_signature
from payments.providers.base import BankMovement, Notice
from payments.sepay_signature import BadSignature

SIGNATURE = "X-SePay-Signature"
TIMESTAMP = "X-SePay-Timestamp"
AUTHORIZATION = "Authorization"
_SCHEME = "apikey "
_MOST_VND = 10**12 - 1
_KEY_LENGTH = 60
_REFERENCE_LENGTH = 80
_NUMBER_LENGTH = 40
_CONTENT_LENGTH = 500
_TIME_FORMAT = "%Y-%m-%d %H:%M:%S"

Fields = dict[str, JsonValue]


class SePay:
    """The provider `sepay`."""

    name = "sepay"
    headers = (SIGNATURE, TIMESTAMP, AUTHORIZATION)

    def verify(self, notice: Notice, secret: str, now_ms: int) -> None:
        """Check the HMAC and its time, or else the key in `Authorization`."""
        signature = notice.headers.get(SIGNATURE)
        if signature is None:
            _verify_key(notice.headers.get(AUTHORIZATION, ""), secret)
            return
        timestamp = notice.headers.get(TIMESTAMP, "")
        sepay_signature.verify(secret, timestamp, notice.body, signature=signature, now_ms=now_ms)

    def replay_key(self, body: bytes) -> str:
        """SePay's id of the movement."""
        return _key(_fields(body))

    def read(self, body: bytes) -> list[BankMovement]:
        """The one movement of the notice."""
        fields = _fields(body)
        key = _key(fields)
        return [
            BankMovement(
                key=f"sepay:{key}",
                account_numbers=_account_numbers(fields),
                reference=_text(fields, "referenceCode", _REFERENCE_LENGTH) or f"sepay:{key}",
                incoming=_is_incoming(fields),
                amount_vnd=_amount(fields),
                content=_text(fields, "content", _CONTENT_LENGTH)
                or _text(fields, "description", _CONTENT_LENGTH),
                at_ms=_at_ms(fields),
            )
        ]


def _verify_key(authorization: str, secret: str) -> None:
    given = authorization[len(_SCHEME) :].encode("utf-8", "surrogatepass")
    is_ours = authorization[: len(_SCHEME)].lower() == _SCHEME
    if not (secret and is_ours and hmac.compare_digest(given, secret.encode())):
        raise BadSignature("signature")


def _fields(body: bytes) -> Fields:
    value = loads(body)
    if not isinstance(value, dict):
        raise BadRequest("", "not an object")
    return value


def _key(fields: Fields) -> str:
    given = fields.get("id")
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise BadRequest("id", "not an id")
    key = str(given)
    if not (0 < len(key) <= _KEY_LENGTH and key.isascii() and key.isprintable()):
        raise BadRequest("id", "not an id")
    return key


def _text(fields: Fields, name: str, most: int) -> str:
    """The text of a field as one clean line; an absent or null one is empty."""
    given = fields.get(name)
    if given is None:
        return ""
    if not isinstance(given, str):
        raise BadRequest(name, "not a text")
    return clean_line(given, most)


def _account_numbers(fields: Fields) -> frozenset[str]:
    names = ("accountNumber", "subAccount")
    numbers = frozenset(_text(fields, name, _NUMBER_LENGTH) for name in names) - {""}
    if not numbers:
        raise BadRequest("accountNumber", "missing")
    return numbers


def _is_incoming(fields: Fields) -> bool:
    kind = fields.get("transferType")
    if kind not in ("in", "out"):
        raise BadRequest("transferType", "neither in nor out")
    return kind == "in"


def _amount(fields: Fields) -> int:
    amount = fields.get("transferAmount")
    if isinstance(amount, bool) or not isinstance(amount, int):
        raise BadRequest("transferAmount", "not whole đồng")
    if not 0 < amount <= _MOST_VND:
        raise BadRequest("transferAmount", "out of range")
    return amount


def _at_ms(fields: Fields) -> int:
    given = fields.get("transactionDate")
    try:
        moment = datetime.datetime.strptime(str(given), _TIME_FORMAT).replace(tzinfo=VIETNAM)
        return int(moment.timestamp()) * 1000
    except ValueError as error:
        raise BadRequest("transactionDate", "not YYYY-MM-DD HH:MM:SS") from error
