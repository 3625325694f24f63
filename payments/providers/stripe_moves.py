"""Balance transactions and payouts of Stripe's, read from their JSON; knows no SDK and no network.

Refuses to take a kind it does not know for money of a card: it is `other`.
Source: Stripe API reference, Balance transaction `type`, Payout.
"""

from collections.abc import Iterable

from core.strict_json import JsonValue
from payments.cards.card_provider import DisputeSeen, Move, PayoutSeen, RefundSeen
from payments.cards.card_states import refund_state
from payments.cards.card_sums import CHARGE, DISPUTE, FEE, OTHER, REFUND, VND
from payments.providers.reading import Fields, as_fields

OURS = "cho_phien"
"""Where our own id stands in the metadata of what we make at Stripe; a charge has its intent's."""
_KINDS = {
    "charge": CHARGE,
    "payment": CHARGE,
    "refund": REFUND,
    "payment_refund": REFUND,
    "refund_failure": REFUND,
    "payment_failure_refund": REFUND,
    "stripe_fee": FEE,
    "network_cost": FEE,
    "tax_fee": FEE,
}
_SENT = frozenset({"payout", "payout_failure", "payout_cancel"})
_DISPUTES = frozenset({"dispute", "dispute_reversal"})
_MS = 1000


def moves_of(found: Iterable[JsonValue]) -> tuple[Move, ...]:
    """What moved the balance, payouts themselves left out."""
    rows = (as_fields(one, "balance_transaction") for one in found)
    return tuple(_move(row) for row in rows if row["type"] not in _SENT)


def of_charge(paying: Fields) -> tuple[Move, ...]:
    """The move by which a PaymentIntent's charge came, where both are told whole; () where not yet."""
    charge = paying.get("latest_charge")
    told = charge.get("balance_transaction") if isinstance(charge, dict) else None
    if not isinstance(charge, dict) or not isinstance(told, dict):
        return ()
    return moves_of([{**told, "source": {**charge, "payment_intent": paying["id"]}}])


def dispute(found: Fields) -> tuple[DisputeSeen, tuple[Move, ...]]:
    """A dispute, and the moves by which the card's bank took money and perhaps gave it back."""
    told, evidence = found["balance_transactions"], as_fields(found["evidence_details"], "evidence")
    due_s = evidence.get("due_by")
    due_ms = _whole(due_s) * _MS if due_s else None
    seen = DisputeSeen(str(found["status"]), _whole(found["amount"]), due_ms)
    if not isinstance(told, list):
        raise ValueError("no list")
    return seen, moves_of([{**as_fields(one, "move"), "source": found} for one in told])


def refund(found: Fields, own_id: str) -> RefundSeen:
    """A refund as it stands; `own_id` is ours if we asked for it."""
    return RefundSeen(
        str(found["id"]),
        own_id,
        refund_state(str(found["status"] or "")),
        _whole(found["amount"]),
        _whole(found["created"]) * _MS,
        str(found.get("failure_reason") or ""),
    )


def payout(found: Fields, moves: tuple[Move, ...] = ()) -> PayoutSeen:
    """A payout as it stands."""
    return PayoutSeen(
        str(found["id"]),
        str(found["status"]),
        str(found["currency"]),
        _whole(found["amount"]),
        bool(found["automatic"]),
        _whole(found["arrival_date"]) * _MS,
        moves,
    )


def _move(row: Fields) -> Move:
    source = row.get("source")
    about = source if isinstance(source, dict) else {}
    metadata = about.get("metadata") if about.get("object") == "charge" else None
    is_dong = about.get("currency") == VND
    return Move(
        str(row["id"]),
        _kind(row),
        str(row["currency"]),
        _whole(row["amount"]),
        _whole(row["fee"]),
        _whole(row["created"]) * _MS,
        about_vnd=_whole(about["amount"]) if is_dong else 0,
        intent_id=str(about.get("payment_intent") or ""),
        refund_id=str(about["id"]) if about.get("object") == "refund" else "",
        own_id=str(metadata.get(OURS, "")) if isinstance(metadata, dict) else "",
    )


def _kind(row: Fields) -> str:
    if row.get("reporting_category") in _DISPUTES:
        return DISPUTE
    return _KINDS.get(str(row["type"]), OTHER)


def _whole(value: JsonValue) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError(value)
    return value
