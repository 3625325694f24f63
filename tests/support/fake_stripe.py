"""Stripe on 127.0.0.1, as its API reference describes it and its SDK reads it, with the trouble asked for.

It remembers idempotency keys with their answers, knows what was paid, refunded and disputed, and makes signed
notices, which a test repeats, reorders, delays or spoils.
"""

import hmac
import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlsplit

from tests.support.local_server import LocalSite
from tests.support.stripe_things import Json, Refusal, StripeThings, known, list_of

KEY, WEBHOOK_SECRET = "sk_test_of_the_fake_stripe", "whsec_of_the_fake_stripe"
ACCOUNT = "acct_1FakeStripe"


@dataclass
class FakeStripe(LocalSite, StripeThings):
    """`troubles` come with the next requests, in turn: `before` (nothing done, no answer), `during` (done,
    half an answer), `after` (done, no answer), `402`, `409`, `429`, `500`, or `""` for none."""

    protocol = "HTTP/1.1"
    troubles: deque[str] = field(default_factory=deque)
    asked: list[str] = field(default_factory=list)
    _kept: dict[str, tuple[str, Json]] = field(default_factory=dict)

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        """One request and its answer, or the trouble that is next."""
        raw = clerk.rfile.read(int(clerk.headers.get("Content-Length") or 0))
        asked = urlsplit(clerk.path)
        given = dict(parse_qsl(raw.decode() if raw else asked.query))
        self.asked.append(f"{clerk.command} {asked.path}")
        trouble = self.troubles.popleft() if self.troubles else ""
        if trouble == "before":
            self.over.wait(30)
            return
        status, told = self._answer(clerk, asked.path, given, trouble)
        if trouble == "after":
            self.over.wait(30)
            return
        sent = json.dumps(told).encode()
        clerk.send_response(status)
        clerk.send_header("Content-Type", "application/json")
        clerk.send_header("Content-Length", str(len(sent)))
        if status == 429:
            clerk.send_header("Retry-After", "20")
        clerk.end_headers()
        clerk.wfile.write(sent[: len(sent) // 2] if trouble == "during" else sent)
        if trouble == "during":
            clerk.wfile.flush()
            clerk.connection.close()

    def _answer(
        self, clerk: BaseHTTPRequestHandler, path: str, given: Mapping[str, str], trouble: str
    ) -> tuple[int, Json]:
        try:
            if clerk.headers.get("Authorization") != f"Bearer {KEY}":
                raise Refusal(401, "invalid_api_key")
            if trouble.isdigit():
                raise _TROUBLES[trouble]
            return 200, self._once(clerk, path, given)
        except Refusal as refusal:
            return refusal.status, refusal.body

    def _once(self, clerk: BaseHTTPRequestHandler, path: str, given: Mapping[str, str]) -> Json:
        """The answer of the first request with this key, else a new one that is kept."""
        key = clerk.headers.get("Idempotency-Key")
        if clerk.command == "GET" or key is None:
            return self._do(clerk.command, path, given)
        asked = json.dumps([path, sorted(given.items())])
        if key in self._kept:
            before, told = self._kept[key]
            if before != asked:
                raise Refusal(400, "idempotency_key_reused", "idempotency_error")
            return told
        told = self._do(clerk.command, path, given)
        self._kept[key] = asked, told
        return told

    def _do(self, method: str, path: str, given: Mapping[str, str]) -> Json:
        steps = path.removeprefix("/v1/").split("/")
        return self._read(steps, given) if method == "GET" else self._change(steps, given)

    def _read(self, steps: list[str], given: Mapping[str, str]) -> Json:
        expands = [name for asked, name in given.items() if asked.startswith("expand")]
        match steps:
            case ["account"]:
                return {
                    "id": ACCOUNT,
                    "object": "account",
                    "country": "SG",
                    "charges_enabled": True,
                }
            case ["checkout", "sessions", one]:
                return self.expanded(known(self.sessions, one), expands)
            case ["payment_intents", one]:
                return self.expanded_intent(known(self.intents, one), bool(expands))
            case ["refunds"]:
                return list_of(self.refunds_of(given["payment_intent"]))
            case ["payouts"]:
                return list_of(list(self.payouts.values()))
            case ["payouts", one]:
                return dict(known(self.payouts, one))
            case ["balance_transactions"]:
                return list_of(self.moves_of(given["payout"]))
            case ["disputes"]:
                found = self.disputes.get(given["payment_intent"])
                return list_of([found] if found else [])
        raise Refusal(404, "resource_missing")

    def _change(self, steps: list[str], given: Mapping[str, str]) -> Json:
        match steps:
            case ["checkout", "sessions"]:
                return self.new_session(given)
            case ["checkout", "sessions", one, "expire"]:
                if known(self.sessions, one)["status"] != "open":
                    raise Refusal(400, "checkout_session_not_open")
                self.expire(one)
                return dict(self.sessions[one])
            case ["payment_intents"]:
                return dict(self.new_intent(given))
            case ["payment_intents", one, "confirm"]:
                return self.confirm(known(self.intents, one), given)
            case ["payment_intents", one, "cancel"]:
                return self.cancel(known(self.intents, one))
            case ["refunds"]:
                return self.new_refund(given)
        raise Refusal(404, "resource_missing")


def signed(body: bytes, secret: str = WEBHOOK_SECRET, age_s: int = 0) -> dict[str, str]:
    """The headers Stripe would send with `body`."""
    at_s = int(time.time()) - age_s  # the SDK judges by the machine's own clock
    mark = hmac.digest(secret.encode(), f"{at_s}.".encode() + body, "sha256").hex()
    return {"Content-Type": "application/json", "Stripe-Signature": f"t={at_s},v1={mark}"}


_TROUBLES = {
    "402": Refusal(402, "card_declined", "card_error", decline_code="insufficient_funds"),
    "409": Refusal(409, "idempotency_key_in_use", "idempotency_error"),
    "429": Refusal(429, "rate_limit"),
    "500": Refusal(500, "api_error", "api_error"),
}
