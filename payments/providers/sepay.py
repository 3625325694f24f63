"""SePay: one notice, one movement of one account.

Signed with HMAC over the raw body, or carrying the key itself (`Authorization: Apikey …`); a notice
that has the signature header is judged by it alone. Refuses a notice with neither.
Source: SePay webhook documentation.
"""

import hmac

from core.errors import BadRequest
from payments.bank import sepay_signature
from payments.errors import BadSignature
from payments.providers import reading
from payments.providers.base import BankMovement, Notice
from payments.providers.reading import Fields

SIGNATURE = "X-SePay-Signature"
TIMESTAMP = "X-SePay-Timestamp"
AUTHORIZATION = "Authorization"
_SCHEME = "apikey "


class SePay:
    """The provider `sepay`."""

    name = "sepay"
    headers = (SIGNATURE, TIMESTAMP, AUTHORIZATION)

    def verify(self, notice: Notice, secret: str, now_ms: int | None) -> None:
        """Check the HMAC and its time, or else the key in `Authorization`."""
        signature = notice.headers.get(SIGNATURE)
        if signature is None:
            _verify_key(notice.headers.get(AUTHORIZATION, ""), secret)
            return
        timestamp = notice.headers.get(TIMESTAMP, "")
        sepay_signature.verify(secret, timestamp, notice.body, signature=signature, now_ms=now_ms)

    def replay_key(self, body: bytes) -> str:
        """SePay's id of the movement."""
        return reading.identity(reading.fields_of(body), "id")

    def read(self, body: bytes) -> list[BankMovement]:
        """The one movement of the notice."""
        fields = reading.fields_of(body)
        key = reading.short_key("sepay", reading.identity(fields, "id"))
        return [
            BankMovement(
                key=key,
                account_numbers=reading.account_numbers(fields, "accountNumber", "subAccount"),
                reference=reading.text(fields, "referenceCode", reading.REFERENCE_LENGTH) or key,
                incoming=_is_incoming(fields),
                amount_vnd=reading.amount_vnd(fields, "transferAmount"),
                content=reading.text(fields, "content", reading.CONTENT_LENGTH)
                or reading.text(fields, "description", reading.CONTENT_LENGTH),
                at_ms=reading.at_ms(fields, "transactionDate"),
                balance_vnd=reading.balance_vnd(fields, "accumulated"),
            )
        ]


def _verify_key(authorization: str, secret: str) -> None:
    given = authorization[len(_SCHEME) :].encode("utf-8", "surrogatepass")
    is_ours = authorization[: len(_SCHEME)].lower() == _SCHEME
    if not (secret and is_ours and hmac.compare_digest(given, secret.encode())):
        raise BadSignature("signature")


def _is_incoming(fields: Fields) -> bool:
    kind = fields.get("transferType")
    if kind not in ("in", "out"):
        raise BadRequest("transferType", "neither in nor out")
    return kind == "in"
