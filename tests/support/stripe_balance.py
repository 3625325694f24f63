"""The balance of a seller at a fake Stripe: every move of it, and what was sent to the bank of it."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from core import clock

Json = dict[str, Any]


@dataclass
class StripeBalance:
    """Moves and payouts by id. `settles_in` vnd, or sgd: cents at 200 đồng each."""

    moves: dict[str, Json] = field(default_factory=dict)
    payouts: dict[str, Json] = field(default_factory=dict)
    fee_percent: int = 0
    settles_in: str = "vnd"
    _numbers: Any = field(default_factory=lambda: itertools.count(1))

    def pay_out(self, automatic: bool = True, state: str = "paid") -> Json:
        """Stripe sends the bank all that stands there."""
        inside = [one for one in self.moves.values() if not one["payout"]]
        one = f"po_{next(self._numbers)}"
        for move in inside:
            move["payout"] = one
        self.payouts[one] = {
            "id": one,
            "object": "payout",
            "amount": sum(move["net"] for move in inside),
            "currency": self.settles_in,
            "status": state,
            "automatic": automatic,
            "arrival_date": now_s(),
            "created": now_s(),
        }
        self.move("payout", -self.payouts[one]["amount"], 0, self.payouts[one])["payout"] = one
        return self.payouts[one]

    def move(self, kind: str, amount_vnd: int, fee_vnd: int, source: Json | None) -> Json:
        """A line of the balance, about `source`."""
        one = f"txn_{next(self._numbers)}"
        part = 1 if self.settles_in == "vnd" or kind == "payout" else 200
        self.moves[one] = {
            "id": one,
            "object": "balance_transaction",
            "type": kind.removesuffix("_reversal").replace("dispute", "adjustment"),
            "reporting_category": kind,
            "amount": int(amount_vnd / part),
            "fee": int(fee_vnd / part),
            "net": int(amount_vnd / part) - int(fee_vnd / part),
            "currency": self.settles_in,
            "source": source,
            "payout": None,
            "created": now_s(),
        }
        return self.moves[one]

    def moves_of(self, payout: str) -> list[Json]:
        """What a payout is made of, the newest first."""
        return [one for one in reversed(self.moves.values()) if one["payout"] == payout]


def now_s() -> int:
    return clock.now_ms() // 1000
