"""What there is at a fake Stripe, by id, in the JSON of its API reference: pages, intents, charges, refunds.

`pay`, `decline`, `dispute` … are what buyers, their banks and the seller's own dashboard do there.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.stripe_balance import Json, StripeBalance, now_s

LEAST_VND, MOST_VND = 13_000, 99_999_999


class Refusal(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, code: str, kind: str = "invalid_request_error", **more: str):
        super().__init__(code)
        self.status = status
        self.body = {"error": {"type": kind, "code": code, "message": code, **more}}


@dataclass
class StripeThings(StripeBalance):
    """Everything, by id."""

    sessions: dict[str, Json] = field(default_factory=dict)
    intents: dict[str, Json] = field(default_factory=dict)
    charges: dict[str, Json] = field(default_factory=dict)
    refunds: dict[str, Json] = field(default_factory=dict)
    disputes: dict[str, Json] = field(default_factory=dict)
    refunds_are: str = "succeeded"

    @property
    def url(self) -> str:
        raise NotImplementedError

    # What a buyer, a bank and the seller's own dashboard do.

    def pay(self, session_id: str, **changed: object) -> Json:
        """The buyer pays on Stripe's page; a page pays once."""
        session = self.sessions[session_id]
        assert session["status"] == "open", f"the page is {session['status']}"
        intent = self._intent(session["amount_total"], session["currency"], session["inside"])
        session |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"]}
        self._charge(intent)
        intent |= changed
        return intent

    def decline(self, session_id: str, code: str = "insufficient_funds") -> None:
        """A card is refused on Stripe's page, which stays open for another."""
        session = self.sessions[session_id]
        intent = self._intent(session["amount_total"], session["currency"], session["inside"])
        intent["last_payment_error"] = {"code": "card_declined", "decline_code": code}
        session["payment_intent"] = intent["id"]

    def expire(self, session_id: str) -> None:
        self.sessions[session_id] |= {"status": "expired", "url": None}

    def refund_by_hand(self, intent_id: str, amount: int) -> str:
        """The seller gives money back in Stripe's dashboard."""
        return str(self.new_refund({"payment_intent": intent_id, "amount": str(amount)})["id"])

    def dispute(self, intent_id: str, status: str = "needs_response") -> Json:
        """The buyer asks their bank for the money back."""
        charge = self.charges[self.intents[intent_id]["latest_charge"]]
        charge["disputed"] = True
        made = {
            "id": f"dp_{next(self._numbers)}",
            "object": "dispute",
            "amount": charge["amount"],
            "currency": "vnd",
            "payment_intent": intent_id,
            "charge": charge["id"],
            "status": status,
            "evidence_details": {"due_by": now_s() + 7 * 86_400},
            "metadata": {},
            "balance_transactions": [],
        }
        self.disputes[intent_id] = made
        self._dispute_moves(made, -1)
        return made

    def dispute_ends(self, intent_id: str, status: str) -> Json:
        """Its bank says `won` or `lost`; won, the money and the fee come back."""
        made = self.disputes[intent_id]
        made["status"] = status
        if status == "won":
            self._dispute_moves(made, 1)
        return made

    def _dispute_moves(self, dispute: Json, sign: int) -> None:
        kind = "dispute" if sign < 0 else "dispute_reversal"
        about = {key: dispute[key] for key in ("id", "object", "amount", "currency")}
        about["payment_intent"] = dispute["payment_intent"]
        move = self.move(kind, sign * dispute["amount"], -sign * 20_000, about)
        dispute["balance_transactions"].append(move)

    def notice(self, kind: str, thing: Json, **changed: object) -> bytes:
        """The body of an event; the same `id` in `changed` is the same event again."""
        event = {
            "id": f"evt_{next(self._numbers)}",
            "object": "event",
            "api_version": "2026-10-28.endive",
            "created": now_s(),
            "type": kind,
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "data": {"object": thing},
        }
        return json.dumps({**event, **changed}).encode()

    # What its API does.

    def new_session(self, given: Mapping[str, str]) -> Json:
        _refuse_old_params(given)
        amount = int(given["line_items[0][price_data][unit_amount]"])
        _check_amount(amount)
        until_s = int(given["expires_at"])
        if not 1800 <= until_s - now_s() <= 86_400:
            raise Refusal(400, "invalid_expires_at")
        one = f"cs_test_{next(self._numbers)}"
        self.sessions[one] = {
            "id": one,
            "object": "checkout.session",
            "amount_total": amount,
            "currency": given["line_items[0][price_data][currency]"],
            "client_reference_id": given["client_reference_id"],
            "metadata": _nested(given, "metadata"),
            "inside": _nested(given, "payment_intent_data[metadata]"),
            "mode": given["mode"],
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": given["success_url"],
            "cancel_url": given["cancel_url"],
            "expires_at": until_s,
            "created": now_s(),
            "livemode": False,
            "url": f"{self.url}/pay/{one}",
        }
        return dict(self.sessions[one])

    def new_intent(self, given: Mapping[str, str]) -> Json:
        _refuse_old_params(given)
        _check_amount(int(given["amount"]))
        return self._intent(int(given["amount"]), given["currency"], _nested(given, "metadata"))

    def _intent(self, amount: int, currency: str, metadata: Json) -> Json:
        one = f"pi_{next(self._numbers)}"
        self.intents[one] = {
            "id": one,
            "object": "payment_intent",
            "amount": amount,
            "amount_received": 0,
            "currency": currency,
            "client_secret": f"{one}_secret_x",
            "metadata": metadata,
            "status": "requires_payment_method",
            "latest_charge": None,
            "last_payment_error": None,
            "created": now_s(),
            "livemode": False,
        }
        return self.intents[one]

    def _charge(self, intent: Json) -> None:
        one = f"ch_{next(self._numbers)}"
        intent |= {
            "status": "succeeded",
            "amount_received": intent["amount"],
            "latest_charge": one,
            "last_payment_error": None,
        }
        self.charges[one] = {
            "id": one,
            "object": "charge",
            "amount": intent["amount"],
            "amount_refunded": 0,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "metadata": intent["metadata"],
            "status": "succeeded",
            "disputed": False,
            "created": now_s(),
        }
        fee_vnd = intent["amount"] * self.fee_percent // 100
        move = self.move("charge", intent["amount"], fee_vnd, dict(self.charges[one]))
        self.charges[one]["balance_transaction"] = move["id"]

    def confirm(self, intent: Json, given: Mapping[str, str]) -> Json:
        if intent["status"] != "requires_payment_method":
            raise Refusal(400, "payment_intent_unexpected_state")
        if given["payment_method"] != "pm_card_visa":
            intent["last_payment_error"] = {
                "code": "card_declined",
                "decline_code": "generic_decline",
            }
            raise Refusal(402, "card_declined", "card_error", decline_code="generic_decline")
        self._charge(intent)
        return dict(intent)

    def cancel(self, intent: Json) -> Json:
        if intent["status"] == "succeeded":
            raise Refusal(400, "payment_intent_unexpected_state")
        intent["status"] = "canceled"
        return dict(intent)

    def new_refund(self, given: Mapping[str, str]) -> Json:
        intent_id, amount = given["payment_intent"], int(given["amount"])
        charge = self.charges[known(self.intents, intent_id)["latest_charge"]]
        gone = sum(one["amount"] for one in self.refunds_of(intent_id) if one["status"] != "failed")
        if gone + amount > charge["amount"]:
            raise Refusal(400, "charge_already_refunded")
        one = f"re_{next(self._numbers)}"
        self.refunds[one] = {
            "id": one,
            "object": "refund",
            "amount": amount,
            "currency": charge["currency"],
            "payment_intent": intent_id,
            "charge": charge["id"],
            "metadata": _nested(given, "metadata"),
            "status": self.refunds_are,
            "created": now_s(),
        }
        self.move("refund", -amount, 0, dict(self.refunds[one]))
        return dict(self.refunds[one])

    def refunds_of(self, intent_id: str) -> list[Json]:
        return [one for one in self.refunds.values() if one["payment_intent"] == intent_id]

    def expanded(self, session: Json, expands: list[str]) -> Json:
        intent_id = session["payment_intent"]
        if not (expands and intent_id):
            return dict(session)
        inside = self.expanded_intent(self.intents[intent_id], True)
        return {**session, "payment_intent": inside}

    def expanded_intent(self, intent: Json, expand: bool) -> Json:
        charge = self.charges.get(intent["latest_charge"] or "")
        if not (expand and charge):
            return dict(intent)
        refunds = list_of(self.refunds_of(intent["id"]))
        told = {**self.moves[charge["balance_transaction"]], "source": charge["id"]}
        inside = {**charge, "refunds": refunds, "balance_transaction": told}
        return {**intent, "latest_charge": inside}


def known(things: dict[str, Json], one: str) -> Json:
    if one not in things:
        raise Refusal(404, "resource_missing")
    return things[one]


def _nested(given: Mapping[str, str], name: str) -> Json:
    found = (re.fullmatch(re.escape(name) + r"\[(\w+)\]", key) for key in given)
    return {match[1]: given[match[0]] for match in found if match}


def _refuse_old_params(given: Mapping[str, str]) -> None:
    if any(name.startswith("payment_method_types") for name in given):
        raise Refusal(400, "payment_method_types_no_longer_supported")


def _check_amount(amount: int) -> None:
    if amount < LEAST_VND:
        raise Refusal(400, "amount_too_small")
    if amount > MOST_VND:
        raise Refusal(400, "amount_too_large")


def list_of(things: list[Json]) -> Json:
    return {"object": "list", "data": things, "has_more": False, "url": "/v1/refunds"}
