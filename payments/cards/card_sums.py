"""What a move of a seller's balance at Stripe is in đồng: the sum itself, and the fee.

Why: Stripe keeps balances in the money of the account's country, so that a fee on đồng is told in cents of
another one. The fee's share of the sum is what counts, half up to the đồng; no rate is ever multiplied.
Refuses rows, and to guess the đồng of what never was in đồng.
"""

from dataclasses import dataclass

from payments.cards.card_provider import Move

VND = "vnd"
CHARGE, REFUND, DISPUTE, FEE, OTHER = "charge", "refund", "dispute", "fee", "other"
"""Money a card brought, went back, was taken or returned by the card's bank; a fee by itself; the rest."""


@dataclass(frozen=True, slots=True)
class Dong:
    """A move in đồng: `gross_vnd` came (below 0: left), of which `fee_vnd` was kept besides."""

    gross_vnd: int
    fee_vnd: int

    @property
    def net_vnd(self) -> int:
        """What it changed."""
        return self.gross_vnd - self.fee_vnd


def in_dong(move: Move) -> Dong | None:
    """The move in đồng; None where it is in other money and about none.

    A fee by itself has no sum besides. 130,000 đ that came as 650 cents with a fee of 52: 10,400 đ.
    """
    if move.currency == VND:
        if move.kind == FEE:
            return Dong(0, move.fee - move.amount)
        return Dong(move.amount, move.fee)
    if not (move.about_vnd and move.amount):
        return None
    sign = 1 if move.amount > 0 else -1
    return Dong(sign * move.about_vnd, half_up(move.about_vnd * move.fee, abs(move.amount)))


def half_up(part: int, whole: int) -> int:
    """`part` by `whole` (above 0), rounded half up in size; below zero it is the same with a minus."""
    size = (2 * abs(part) + whole) // (2 * whole)
    return size if part >= 0 else -size
