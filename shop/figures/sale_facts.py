"""What reports are counted from: orders, their goods, complaints, without anybody's name. Pure."""

from dataclasses import dataclass

IN_PROVINCE, OUTSIDE, UNKNOWN = "in", "out", "unknown"
"""Where an order goes: to Thái Nguyên, elsewhere, or nobody said (fetched by the buyer)."""
ON_TIME, LATE, WAITING = "on_time", "late", "waiting"
"""How a complaint stands by the seller's 48 hours."""


@dataclass(frozen=True)
class SoldPart:
    """Goods of an order: packs of one thing, worth so many đồng (its share of a combo's price).

    `quantity` base units are what the scales said, else what was ordered. `communes` divides them by the
    commune they grew in ("" where not known yet). `papers` are keys such as `ocop:4`, in order.
    """

    packs: int
    amount_vnd: int
    base_unit: str
    quantity: int
    communes: tuple[tuple[str, int], ...]
    papers: tuple[str, ...]


@dataclass(frozen=True)
class SoldOrder:
    """An order of a session: who sells, who buys (an id), where it stands, what is in it.

    `bank_vnd` and `cash_vnd` came for it, with delivery and sums on top; `back_vnd` of them go back.
    """

    code: str
    source: str
    seller_id: str
    buyer: str
    placed_ms: int
    state: str
    goes: str
    packs: int
    bank_vnd: int
    cash_vnd: int
    back_vnd: int
    parts: tuple[SoldPart, ...]

    @property
    def paid(self) -> bool:
        """Whether any money came for it, whatever became of it later."""
        return self.bank_vnd + self.cash_vnd > 0

    @property
    def goods_vnd(self) -> int:
        """What its goods are worth, without delivery and before vouchers."""
        return sum(part.amount_vnd for part in self.parts)


@dataclass(frozen=True)
class Complaint:
    """One complaint to a seller, and ON_TIME, LATE or WAITING."""

    seller_id: str
    answered: str
