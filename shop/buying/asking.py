"""The order form as it is shown: ways with fees for the place typed so far, the sum, and what was wrong.

The same for a cart and for a live basket. Refuses nothing: what is wrong stands beside its field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from core.errors import DomainError
from shop.buying import order_form
from shop.delivery import addresses, ways
from shop.delivery.addresses import UnclearPlace, UnknownPlace
from shop.delivery.choices import WayChoice
from shop.delivery.places import Commune
from shop.reliability.standing import Asked
from shop.vouchers.errors import VoucherRefused
from shop.vouchers.spending import Discount


@dataclass(frozen=True)
class Purchase:
    """What is bought of whom: goods of `goods_vnd` đồng, the ways there are to a commune (by code, "" is
    nowhere yet), and what the seller asks first of who looks, None where nothing.

    `by_estimate`: something is paid by an estimate, so it asks what a small difference on the scales is to
    do. `off` says what a voucher's code would take off (or refuses it); None where no voucher is asked for.
    """

    seller_id: str
    goods_vnd: int
    ways_to: Callable[[str], tuple[WayChoice, ...]]
    first: Asked | None = None
    by_estimate: bool = False
    off: Callable[[str], Discount] | None = None


@dataclass(frozen=True)
class Asking:
    """What the form shows: `typed` values by field, `error` (code, message, field) of a refusal or none.

    `commune` is what the typed place was understood as; sums in đồng; `first` and `by_estimate` as in
    `Purchase`. `slow` are ways that take longer than the goods bear: named, so that nobody wonders where they
    are. `discount` is what the typed voucher takes off as it stands now.
    """

    ways: tuple[WayChoice, ...]
    goods_vnd: int
    typed: Mapping[str, str]
    commune: Commune | None
    error: Mapping[str, object] | None
    seller_id: str
    first: Asked | None = None
    by_estimate: bool = False
    slow: tuple[WayChoice, ...] = ()
    discount: Discount | None = None

    @property
    def sum_vnd(self) -> int:
        """The goods, less what the voucher takes off."""
        return self.goods_vnd - (self.discount.amount_vnd if self.discount else 0)

    @cached_property
    def chosen(self) -> WayChoice | None:
        """The way that is ticked: the one chosen before, else the first that needs nothing more."""
        asked = [one for one in self.ways if one.quote.way_id == self.typed.get("way")]
        ready = [one for one in self.ways if not one.quote.asks_commune]
        return next(iter([*asked, *ready, *self.ways]), None)

    @property
    def fee_vnd(self) -> int:
        """What the chosen way costs, as far as it is known."""
        return self.chosen.quote.fee_vnd if self.chosen else 0

    @property
    def goes_out(self) -> bool:
        """Whether goods may be brought somewhere, so that a place is asked for."""
        brings = any(one.quote.kind in ways.TAKES_GOODS for one in self.ways)
        return brings or bool(self.typed.get("commune"))

    @property
    def by_slot(self) -> bool:
        """Whether a slot may have to be chosen."""
        return any(one.slots for one in self.ways)


def shown(purchase: Purchase, typed: Mapping[str, str], error: DomainError | None = None) -> Asking:
    """The form for what was `typed`.

    A place that is not understood, or a voucher that cannot be had, is said beside its field, unless
    something else was refused.
    """
    found, unclear = _place(typed)
    discount, refused = _discount(purchase, typed)
    wrong = error or unclear or refused
    known = purchase.ways_to(found.code if found else "")
    return Asking(
        ways=tuple(one for one in known if not one.slow_h),
        slow=tuple(one for one in known if one.slow_h),
        goods_vnd=purchase.goods_vnd,
        typed=typed,
        commune=found,
        error=order_form.told(wrong) if wrong else None,
        by_estimate=purchase.by_estimate,
        seller_id=purchase.seller_id,
        first=purchase.first,
        discount=discount,
    )


def _discount(
    purchase: Purchase, typed: Mapping[str, str]
) -> tuple[Discount | None, DomainError | None]:
    code = typed.get("voucher", "").strip()
    if purchase.off is None or not code:
        return None, None
    try:
        return purchase.off(code), None
    except VoucherRefused as error:
        return None, error


def _place(typed: Mapping[str, str]) -> tuple[Commune | None, DomainError | None]:
    text = typed.get("commune", "")
    if not text.strip():
        return addresses.find(typed.get("address", "")), None
    try:
        return addresses.read(text), None
    except (UnknownPlace, UnclearPlace) as error:
        return None, error
