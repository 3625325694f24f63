"""Stripe, through its own SDK: the one file of the house that imports it.

Why one: the SDK moves often and knows the network; whatever else is asked of cards goes through here.
Refuses to make up a check of its own: whether a notice is Stripe's, the SDK says.
"""

import stripe

from payments.bank.signing import MAX_DRIFT_MS
from payments.errors import BadSignature
from payments.providers.base import Notice

SIGNATURE = "Stripe-Signature"


class StripeNotices:
    """How Stripe proves its notices; not a bank feed, hence not among `payments.providers.BY_NAME`."""

    headers = (SIGNATURE,)

    def verify(self, notice: Notice, secret: str, now_ms: int | None) -> None:
        """Check `Stripe-Signature` over the raw body, and its age by the SDK's clock unless `now_ms` is None.

        Raises:
            BadSignature: the notice is not Stripe's, or more than five minutes old.
        """
        header = notice.headers.get(SIGNATURE, "")
        if not header.isascii():  # the SDK ends with a TypeError on such a header
            raise BadSignature("signature")
        _check(notice.body, header, secret, tolerance_s=None)
        if now_ms is not None:
            _check(notice.body, header, secret, tolerance_s=MAX_DRIFT_MS // 1000)


def _check(body: bytes, header: str, secret: str, *, tolerance_s: int | None) -> None:
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, tolerance_s)
    except UnicodeError as error:
        raise BadSignature("body") from error
    except stripe.SignatureVerificationError as error:
        raise BadSignature("signature" if tolerance_s is None else "timestamp") from error
