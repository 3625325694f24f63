"""Stripe through its own SDK; the only file that imports it.

Why one: the SDK moves often and knows the network; whatever else is asked of cards goes through here.
Refuses to make up a check of its own (whether a notice is Stripe's, the SDK says), and to try twice: who asks
decides what a silence means. Đồng are a zero-decimal currency there: a sum is the number of đồng.
Source: Stripe API reference (Checkout Sessions, PaymentIntents, Refunds, Idempotent requests).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

import stripe
from stripe.checkout import Session as Checkout
from stripe.params import PayoutListParams

from payments.bank.signing import MAX_DRIFT_MS
from payments.cards.card_provider import (
    CHECKOUT,
    AccountSeen,
    CardRefuses,
    CardSilent,
    Charge,
    Ids,
    NewAttempt,
    PayoutSeen,
    RefundSeen,
    Seen,
)
from payments.cards.card_states import attempt_state
from payments.errors import BadSignature
from payments.providers import stripe_moves
from payments.providers.base import Notice

SIGNATURE = "Stripe-Signature"
PATIENCE_S = 8.0
VND = "vnd"
_OURS = stripe_moves.OURS
_LONGEST_WAIT_S = 3600
_CODE_LENGTH = 40
_MOST_REFUNDS = 100
_WHOLE = ("latest_charge.refunds", "latest_charge.balance_transaction")
_PAYMENT_REQUIRED = 402
_AGAIN = frozenset({409, 429})

T = TypeVar("T")


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


class StripeCards:
    """Cards at Stripe's machine `url` (its address without a path); an answer may take `patience_s`."""

    def __init__(self, url: str, patience_s: float = PATIENCE_S) -> None:
        self._url = url
        self._http = stripe.RequestsClient(timeout=patience_s)

    def account(self, key: str) -> AccountSeen:
        return _asked(lambda: _of_account(self._client(key).v1.accounts.retrieve_current(), key))

    def create(self, key: str, wanted: NewAttempt) -> Seen:
        if wanted.kind == CHECKOUT:
            return _asked(lambda: self._create_checkout(key, wanted))
        return _asked(lambda: self._create_intent(key, wanted))

    def look(self, key: str, ids: Ids) -> Seen:
        return _asked(lambda: self._look(key, ids))

    def confirm(self, key: str, intent_id: str, method: str, once: str) -> None:
        intents = self._client(key).v1.payment_intents
        options: stripe.RequestOptions = {"idempotency_key": once}
        _asked(lambda: intents.confirm(intent_id, {"payment_method": method}, options))

    def call_off(self, key: str, ids: Ids) -> None:
        v1 = self._client(key).v1
        if ids.session_id:
            _asked(lambda: v1.checkout.sessions.expire(ids.session_id))
        else:
            _asked(lambda: v1.payment_intents.cancel(ids.intent_id))

    def refund(self, key: str, intent_id: str, own_id: str, amount_vnd: int) -> RefundSeen:
        return _asked(lambda: self._refund(key, intent_id, own_id, amount_vnd))

    def payouts(self, key: str, since_ms: int) -> tuple[PayoutSeen, ...]:
        v1 = self._client(key).v1
        asked: PayoutListParams = {"created": {"gte": since_ms // 1000}, "limit": _MOST_REFUNDS}
        return _asked(lambda: tuple(map(_of_payout, v1.payouts.list(asked).auto_paging_iter())))

    def payout(self, key: str, payout_id: str) -> PayoutSeen:
        return _asked(lambda: self._payout(key, payout_id))

    def _payout(self, key: str, payout_id: str) -> PayoutSeen:
        v1 = self._client(key).v1
        found = _of_payout(v1.payouts.retrieve(payout_id))
        if not found.is_automatic:
            return found
        told = v1.balance_transactions.list(
            {"payout": payout_id, "limit": _MOST_REFUNDS, "expand": ["data.source"]}
        )
        moves = stripe_moves.moves_of(one.to_dict() for one in told.auto_paging_iter())
        return replace(found, moves=moves)

    def _create_checkout(self, key: str, wanted: NewAttempt) -> Seen:
        made = self._client(key).v1.checkout.sessions.create(
            {
                "mode": "payment",
                "adaptive_pricing": {"enabled": False},  # đồng stay đồng
                "allowed_payment_method_types": ["card"],
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {
                            "currency": VND,
                            "unit_amount": wanted.amount_vnd,
                            "product_data": {"name": f"{wanted.seller_name} · {wanted.code}"},
                        },
                    }
                ],
                "client_reference_id": wanted.code,
                "metadata": {_OURS: wanted.id},
                "payment_intent_data": {"metadata": {_OURS: wanted.id}, "description": wanted.code},
                "success_url": f"{wanted.back_url}&how=done",
                "cancel_url": f"{wanted.back_url}&how=left",
                "expires_at": wanted.until_ms // 1000,
            },
            {"idempotency_key": wanted.id},
        )
        return _of_checkout(made)

    def _create_intent(self, key: str, wanted: NewAttempt) -> Seen:
        made = self._client(key).v1.payment_intents.create(
            {
                "amount": wanted.amount_vnd,
                "currency": VND,
                "allowed_payment_method_types": ["card"],
                "metadata": {_OURS: wanted.id},
                "description": wanted.code,
            },
            {"idempotency_key": wanted.id},
        )
        return _of_intent(made)

    def _look(self, key: str, ids: Ids) -> Seen:
        v1 = self._client(key).v1
        if ids.session_id:
            seen = _of_checkout(
                v1.checkout.sessions.retrieve(
                    ids.session_id, {"expand": [f"payment_intent.{one}" for one in _WHOLE]}
                )
            )
        else:
            seen = _of_intent(v1.payment_intents.retrieve(ids.intent_id, {"expand": list(_WHOLE)}))
        if seen.charge is None or not seen.charge.disputed:
            return seen
        told = v1.disputes.list({"payment_intent": seen.charge.reference, "limit": 1}).data
        if not told:
            return seen
        dispute, moves = stripe_moves.dispute(told[0].to_dict())
        return replace(seen, dispute=dispute, moves=(*seen.moves, *moves))

    def _refund(self, key: str, intent_id: str, own_id: str, amount_vnd: int) -> RefundSeen:
        refunds = self._client(key).v1.refunds
        known = refunds.list({"payment_intent": intent_id, "limit": _MOST_REFUNDS}).data
        for one in map(_of_refund, known):
            if one.own_id == own_id:
                return one
        made = refunds.create(
            {"payment_intent": intent_id, "amount": amount_vnd, "metadata": {_OURS: own_id}},
            {"idempotency_key": own_id},
        )
        return _of_refund(made)

    def _client(self, key: str) -> stripe.StripeClient:
        return stripe.StripeClient(
            key, base_addresses={"api": self._url}, http_client=self._http, max_network_retries=0
        )


def _asked(ask: Callable[[], T]) -> T:
    """What `ask` brings; what Stripe answers otherwise is a no, or a silence."""
    try:
        return ask()
    except stripe.APIConnectionError as error:
        raise CardSilent("no answer") from error
    except stripe.StripeError as error:
        status = error.http_status or 0
        if status in _AGAIN or not 400 <= status < 500:
            raise CardSilent(str(status), _retry_ms(error)) from error
        raise CardRefuses(_code_of(error), declined=status == _PAYMENT_REQUIRED) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise CardSilent("unreadable") from error


def _code_of(error: stripe.StripeError) -> str:
    """Stripe's own word: why a bank declined, else the error's code, else its HTTP status."""
    told = error.error.decline_code if error.error and "decline_code" in error.error else None
    return str(told or error.code or error.http_status)[:_CODE_LENGTH]


def _retry_ms(error: stripe.StripeError) -> int:
    given = (error.headers or {}).get("retry-after") or ""
    return min(int(given), _LONGEST_WAIT_S) * 1000 if given.isascii() and given.isdigit() else 0


def _of_account(found: stripe.Account, key: str) -> AccountSeen:
    return AccountSeen(
        found.id, found.country or "", bool(found.charges_enabled), is_test="_test_" in key
    )


def _of_checkout(found: Checkout) -> Seen:
    inside = found.payment_intent
    paying = _of_intent(inside) if isinstance(inside, stripe.PaymentIntent) else None
    intent_id = inside if isinstance(inside, str) else paying.ids.intent_id if paying else ""
    intent_status = inside.status if isinstance(inside, stripe.PaymentIntent) else ""
    return Seen(
        ids=Ids(found.id, intent_id),
        state=attempt_state(found.status or "", intent_status),
        attempt_id=_ours(found.metadata),
        url=found.url or "",
        decline=paying.decline if paying else "",
        charge=paying.charge if paying else None,
        refunds=paying.refunds if paying else (),
        moves=paying.moves if paying else (),
    )


def _of_intent(found: stripe.PaymentIntent) -> Seen:
    charge = found.latest_charge
    failed = found.last_payment_error
    came = isinstance(charge, stripe.Charge) and found.status == "succeeded"
    return Seen(
        ids=Ids(intent_id=found.id),
        state=attempt_state("", found.status),
        attempt_id=_ours(found.metadata),
        secret=found.client_secret or "",
        decline=str(failed.decline_code or failed.code or "")[:_CODE_LENGTH] if failed else "",
        charge=_of_charge(found, charge) if isinstance(charge, stripe.Charge) and came else None,
        refunds=_refunds_of(charge) if isinstance(charge, stripe.Charge) else (),
        moves=stripe_moves.of_charge(found.to_dict()) if came else (),
    )


def _of_charge(paying: stripe.PaymentIntent, charge: stripe.Charge) -> Charge:
    at_ms = charge.created * 1000
    return Charge(
        paying.id, paying.currency, paying.amount_received, at_ms, disputed=bool(charge.disputed)
    )


def _refunds_of(charge: stripe.Charge) -> tuple[RefundSeen, ...]:
    return tuple(_of_refund(one) for one in charge.refunds.data) if charge.refunds else ()


def _of_refund(found: stripe.Refund) -> RefundSeen:
    return stripe_moves.refund(found.to_dict(), _ours(found.metadata))


def _of_payout(found: stripe.Payout) -> PayoutSeen:
    return stripe_moves.payout(found.to_dict())


def _ours(metadata: object) -> str:
    """Our own id as we wrote it beside theirs."""
    if isinstance(metadata, stripe.StripeObject) and _OURS in metadata:
        return str(metadata[_OURS])
    return ""


def _check(body: bytes, header: str, secret: str, *, tolerance_s: int | None) -> None:
    try:
        stripe.WebhookSignature.verify_header(body, header, secret, tolerance_s)
    except UnicodeError as error:
        raise BadSignature("body") from error
    except stripe.SignatureVerificationError as error:
        raise BadSignature("signature" if tolerance_s is None else "timestamp") from error
