"""What each provider can tell of an account: money in, money out, the balance after each movement.

Pure. Why: a refund or a payout is proved by the outgoing line, which payOS never tells of, so there the
statement is asked for (money.md). Refuses to speak for one bank: of some a provider tells less than this.
Source: the fields of their webhooks (SePay `transferType`, `accumulated`; Casso `amount` with a sign,
`runningBalance`; payOS `data.amount` of a payment link alone).
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capabilities:
    """Whether money that comes, money that leaves and the bank's running balance are told."""

    incoming: bool
    outgoing: bool
    balance: bool


OF: Mapping[str, Capabilities] = {
    "sepay": Capabilities(incoming=True, outgoing=True, balance=True),
    "casso": Capabilities(incoming=True, outgoing=True, balance=True),
    "payos": Capabilities(incoming=True, outgoing=False, balance=False),
}
"""By a provider's name in `payments.providers.BY_NAME`."""
