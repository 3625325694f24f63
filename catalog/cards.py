"""Listings as cards, in the words of `core/macros.html`: front page, search and sellers show the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from catalog.certificates import CertificateFacts
from catalog.listings import ListingFacts
from catalog.live_now import PriceOf, RoomOf
from catalog.photos import PhotoFacts
from catalog.photos.facts import FORMATS
from catalog.units import pack_label
from core.identity.sellers import SellerFacts
from core.quantity import unit_price_vnd


@dataclass(frozen=True)
class Card:
    """A listing as a card: `price_vnd` in đồng for one `unit`, `per_vnd` for one `per` (0: not said).

    What is sold live has the room's price; `was_vnd` is the shop's where that is higher (0: it is not).
    `left` is how many packs can be had in the shop, None where only a live sale has some. `photo` is a
    JPEG, `photo_sets` are `srcset`s by content type, the smallest first.
    """

    url: str
    name: str
    price_vnd: int
    unit: str
    per_vnd: int
    per: str
    kind: str
    seed: str
    seller_name: str
    place: str
    left: int | None
    live_url: str = ""
    was_vnd: int = 0
    photo: str = ""
    photo_sets: Mapping[str, str] = field(default_factory=dict)
    stars: int = 0


@dataclass(frozen=True)
class Dress:
    """What makes cards more than words: rooms and their prices by listing, ready photos and papers in
    force by product."""

    rooms: RoomOf = field(default_factory=dict)
    live_prices: PriceOf = field(default_factory=dict)
    photos: Mapping[str, Sequence[PhotoFacts]] = field(default_factory=dict)
    papers: Mapping[str, Sequence[CertificateFacts]] = field(default_factory=dict)


_PLAIN = Dress()
_WIDEST = 640
"""Half of the widest phone at three pixels to one."""


def cards(
    items: Iterable[ListingFacts], known: Iterable[SellerFacts], dress: Dress = _PLAIN
) -> list[Card]:
    """A card for each listing whose seller is among those `known`, in the order of `items`."""
    names = {seller.id: seller for seller in known}
    return [card(item, names[item.seller_id], dress) for item in items if item.seller_id in names]


def card(item: ListingFacts, seller: SellerFacts, dress: Dress = _PLAIN) -> Card:
    """The card of one listing of `seller`; what is sold live now leads into its room."""
    photo = next(iter(dress.photos.get(item.product_id, ())), None)
    papers = dress.papers.get(item.product_id, ())
    price_vnd = dress.live_prices.get(item.id, item.price_vnd)
    per_vnd, per = _per(item, price_vnd)
    return Card(
        url=f"/products/{item.id}",
        name=item.name,
        price_vnd=price_vnd,
        was_vnd=item.price_vnd if item.price_vnd > price_vnd else 0,
        unit=unit_of(item),
        per_vnd=per_vnd,
        per=per,
        kind=item.art,
        seed=item.product_id,
        seller_name=seller.name,
        place=seller.commune,
        left=None if item.only_in_live else item.available_packs,
        live_url=dress.rooms.get(item.id, ""),
        photo=photo.url(320) if photo else "",
        photo_sets=_sets(photo) if photo else {},
        stars=max((paper.stars or 0 for paper in papers), default=0),
    )


def _sets(photo: PhotoFacts) -> Mapping[str, str]:
    """The copies a card needs, by content type: the smallest first, JPEG for phones that know no other."""
    return {kind: photo.srcset(ending, _WIDEST) for ending, kind in FORMATS.items()}


def unit_of(item: ListingFacts) -> str:
    """What one pack of it is called: `gói 200 g`."""
    return pack_label(item.unit_word, item.pack_size, item.base_unit)


def price_per(item: ListingFacts) -> tuple[int, str]:
    """Đồng per kilo or litre with that word, or (0, "") where the pack is one already or is counted."""
    return _per(item, item.price_vnd)


def _per(item: ListingFacts, price_vnd: int) -> tuple[int, str]:
    per_vnd, per = unit_price_vnd(price_vnd, item.pack_size, item.base_unit)
    said_already = item.base_unit == "piece" or per_vnd == price_vnd
    return (0, "") if said_already else (per_vnd, per)
