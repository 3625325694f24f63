"""How many packs the flash price is still for: of a pin in all, and for one buyer across all devices.

What was claimed at the price is counted once for a batch and then kept up as claims are judged in turn,
under the session's lock: so the caps hold however many claims race. A pack given up while the window is
on can be had again. Refuses to set or end windows.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol, cast

from sqlalchemy import Select, Table, case, func, literal_column, select
from sqlalchemy.orm import Session

from core.identity.logins import Login
from livestream.desk.limits import Buyers
from livestream.errors import LimitReached
from livestream.log import Turn
from livestream.models import Claim, Pin
from livestream.pins import flash
from livestream.pins.pin_errors import FlashShort, FlashSoldOut
from livestream.pins.pin_sale import PinSale

_CLAIMS, _PINS = cast(Table, Claim.__table__), cast(Table, Pin.__table__)
_REST = ""


class Asked(Protocol):
    """A claim to be judged: whose it is, how many packs, when the server received it (UTC ms)."""

    @property
    def login(self) -> Login: ...
    @property
    def qty(self) -> int: ...
    @property
    def received_ms(self) -> int: ...


@dataclass
class FlashCaps:
    """Packs claimed at the flash price, held and waiting alike: by pin, and by pin and person."""

    buyers: Buyers
    packs: Counter[str] = field(default_factory=Counter)
    of_buyer: Counter[tuple[str, str]] = field(default_factory=Counter)
    sold_out: set[str] = field(default_factory=set)

    def allow(self, pin: PinSale, asked: Asked) -> None:
        """Count one more claim, if the buyer may have it, at the flash price if it was received in time.

        Precondition: the login has a person.

        Raises:
            LimitReached: the buyer's share, of the pin or of the flash; `allowed` is what is left of it.
            FlashShort: `left` packs, fewer than asked, can be had at the flash price.
            FlashSoldOut: none can any more, and the window ends at once.
        """
        is_capped = _is_capped(pin) and pin.flash_is_on(asked.received_ms)
        if is_capped:
            self._check(str(asked.login.person_id), pin, asked.qty)
        self.buyers.allow(asked.login, pin, asked.qty)
        if is_capped:
            self._count(str(asked.login.person_id), pin, asked.qty)

    def end_sold_out(self, session: Session, turn: Turn) -> None:
        """End the windows whose last pack was allowed to somebody."""
        flash.end_sold_out(session, turn, self.sold_out)

    def _check(self, person_id: str, pin: PinSale, packs: int) -> None:
        if pin.flash_packs is not None:
            left = max(0, pin.flash_packs - self.packs[pin.id])
            if not left:
                raise FlashSoldOut()
            if packs > left:
                raise FlashShort(left)
        if pin.flash_limit_packs is not None:
            allowed = max(0, pin.flash_limit_packs - self.of_buyer[pin.id, person_id])
            if packs > allowed:
                raise LimitReached(allowed=allowed)

    def _count(self, person_id: str, pin: PinSale, packs: int) -> None:
        self.packs[pin.id] += packs
        self.of_buyer[pin.id, person_id] += packs
        if pin.flash_packs is not None and self.packs[pin.id] >= pin.flash_packs:
            self.sold_out.add(pin.id)


def load(
    session: Session,
    buyers: Buyers,
    pins: Collection[PinSale],
    requests: Sequence[Asked],
) -> FlashCaps:
    """The caps as they stand, for the claims of `requests`; one query, or none without a capped window."""
    caps = FlashCaps(buyers)
    received_ms = {request.received_ms for request in requests}
    capped = [pin.id for pin in pins if _is_capped(pin) and any(map(pin.flash_is_on, received_ms))]
    people = sorted({one.login.person_id for one in requests if one.login.person_id})
    if not (capped and people):
        return caps
    for pin_id, person_id, packs in session.execute(_claimed(capped, people)):
        caps.packs[pin_id] += int(packs)
        if person_id != _REST:
            caps.of_buyer[pin_id, person_id] += int(packs)
    return caps


def _is_capped(pin: PinSale) -> bool:
    return pin.flash_packs is not None or pin.flash_limit_packs is not None


def _claimed(pin_ids: Sequence[str], people: Sequence[str]) -> Select[str, str, int]:
    """What each of `people` has of the pins at their flash price, and all others together."""
    of, pin = _CLAIMS.c, _PINS.c
    buyer = case((of.person_id.in_(people), of.person_id), else_=_REST).label("flash_buyer")
    return (
        select(of.pin_id, buyer, func.sum(of.held + of.waiting))
        .join(_PINS, pin.id == of.pin_id)
        .where(
            of.pin_id.in_(pin_ids),
            of.unit_price_vnd == pin.flash_price_vnd,
            of.created_ms >= pin.flash_starts_ms,
        )
        .group_by(of.pin_id, literal_column("flash_buyer"))
    )
