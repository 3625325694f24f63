"""What the page of a staff order shows: rows of goods, what was read of a message, ways of delivery."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import listings
from catalog.listings import MOST_PACKS
from catalog.pricing import line_amount_vnd
from core.errors import DomainError
from core.phone import format_phone
from shop.buying import asking
from shop.buying.asking import Asking, Purchase
from shop.delivery.choices import WayChoice, choices
from shop.delivery.quote import WayFacts
from shop.delivery.ways import TO_THE_DOOR, destination
from shop.ordering.takes import parcel_of, takes_of
from shop.staff.paste_reader import Pasted
from shop.staff.staff_bodies import ROWS
from shop.staff.staff_orders import KEPT_MINUTES
from shop.vouchers import spending
from shop.vouchers.spending import Discount, Wish

_USUAL_MINUTES = list(KEPT_MINUTES)[1]


@dataclass(frozen=True)
class Row:
    """One row of goods: a listing or "", packs as text, the buyer's own words, whether to look twice."""

    number: int
    listing: str = ""
    packs: str = ""
    words: str = ""
    unsure: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not (self.listing or self.packs)


def values_of(read: Pasted, channel: str, text: str, ways: Sequence[WayFacts]) -> dict[str, str]:
    """The form's fields as far as a message fills them; an address asks for a way to the door."""
    to_door = [way for way in ways if way.kind in TO_THE_DOOR] if read.address else []
    chosen = next(iter((*to_door, *ways)), None)
    return {
        "channel": channel,
        "text": text,
        "kept": str(_USUAL_MINUTES),
        "name": read.name,
        "phone": format_phone(read.phone) if read.phone else "",
        "address": read.address,
        "way": chosen.id if chosen else "",
    }


def asking_of(
    session: Session,
    seller_id: str,
    values: Mapping[str, str],
    rows: Sequence[Row],
    error: DomainError | None,
) -> Asking:
    """The part of the form about delivery: ways with fees for these goods and the place in `values`."""
    packs = {row.listing: int(row.packs) for row in rows if row.listing and _is_count(row.packs)}
    sold = [
        (one, packs[one.id])
        for one in listings.facts(session, list(packs)).values()
        if one.seller_id == seller_id
    ]
    goods_vnd = sum(line_amount_vnd(one.price_vnd, count) for one, count in sold)
    takes = [take for line in takes_of(session, sold) for take in line]

    def ways_to(commune: str) -> tuple[WayChoice, ...]:
        parcel = parcel_of(takes, goods_vnd, destination(commune))
        return choices(session, seller_id, parcel)

    def off(code: str) -> Discount:
        return spending.look(session, Wish(code, seller_id, "", goods_vnd))

    return asking.shown(Purchase(seller_id, goods_vnd, ways_to, off=off), values, error)


def _is_count(typed: str) -> bool:
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST_PACKS))
    return is_number and 1 <= int(typed) <= MOST_PACKS


def rows_of(read: Pasted) -> tuple[Row, ...]:
    """A row for each thing that was asked for, then empty ones."""
    asked = [
        Row(place, item.listing_id, str(item.packs), item.words, not item.sure)
        for place, item in enumerate(read.items[:ROWS], start=1)
    ]
    return (*asked, *(Row(place) for place in range(len(asked) + 1, ROWS + 1)))


def typed_rows(typed: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows as they came back from the form."""
    return tuple(
        Row(place, typed.get(f"listing_{place}", ""), typed.get(f"packs_{place}", ""))
        for place in range(1, ROWS + 1)
    )
