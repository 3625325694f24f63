"""What delivery costs, from dated rows: the rule behind "the whole price before paying".

Refuses: to guess. Without a row that fits there is no quote, and without a quote no order and no QR.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import N_, DomainError


class NoService(DomainError):
    """No way of delivery of that name carries such a parcel at this time."""

    code = "no_service"
    status = 409
    message = N_("Người bán chưa giao được theo cách này. Bạn chọn cách nhận khác nhé.")


@dataclass(frozen=True)
class WayFacts:
    """One dated row of a seller: a way, where to, for how much; amounts in đồng, weight in grams.

    It counts from `valid_from_ms` until before `valid_until_ms`; `free_from_vnd` is the goods' sum from
    which the fee falls away; `up_to_g` the heaviest parcel; None means no such limit.
    """

    id: str
    kind: str
    label: str
    when_text: str
    fee_vnd: int
    free_from_vnd: int | None
    up_to_g: int | None
    valid_from_ms: int
    valid_until_ms: int | None


@dataclass(frozen=True)
class Parcel:
    """What is to be delivered: the goods' sum in đồng and their weight in grams."""

    goods_vnd: int
    grams: int


@dataclass(frozen=True)
class Quote:
    """The answer: which row serves, and its fee for this parcel in đồng."""

    way_id: str
    kind: str
    label: str
    when_text: str
    fee_vnd: int


def in_force(rows: Sequence[WayFacts], at_ms: int) -> tuple[WayFacts, ...]:
    """The rows that count at `at_ms` (UTC ms): from their first moment until before their last."""
    return tuple(
        row
        for row in rows
        if row.valid_from_ms <= at_ms and (row.valid_until_ms is None or at_ms < row.valid_until_ms)
    )


def quote(rows: Sequence[WayFacts], way: str, parcel: Parcel) -> Quote:
    """The cheapest of `rows` (already in force) that is `way` and carries `parcel`.

    `way` is a row's id, or a kind (`pickup`, `own_run`) standing for all rows of that kind; of equal
    fees the earlier row serves.

    Raises:
        NoService: no row of that name, or the parcel is heavier than each of them carries.
    """
    fitting = [row for row in rows if way in (row.id, row.kind) and _carries(row, parcel)]
    if not fitting:
        raise NoService()
    best = min(fitting, key=lambda row: fee_vnd(row, parcel))
    return Quote(best.id, best.kind, best.label, best.when_text, fee_vnd(best, parcel))


def quotes(rows: Sequence[WayFacts], parcel: Parcel) -> tuple[Quote, ...]:
    """One quote for each of `rows` that carries `parcel`, in the rows' order: the buyer's choices."""
    return tuple(quote([row], row.id, parcel) for row in rows if _carries(row, parcel))


def fee_vnd(row: WayFacts, parcel: Parcel) -> int:
    """The row's fee in đồng; nothing from `free_from_vnd` of goods on."""
    free = row.free_from_vnd is not None and parcel.goods_vnd >= row.free_from_vnd
    return 0 if free else row.fee_vnd


def _carries(row: WayFacts, parcel: Parcel) -> bool:
    return row.up_to_g is None or parcel.grams <= row.up_to_g
