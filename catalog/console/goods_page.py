"""What the price board and a listing's own page show, gathered in a number of queries that does not grow."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from catalog import (
    cards,
    drafts,
    freshness,
    kinds,
    listings,
    market_prices,
    photos,
    price_history,
    products,
)
from catalog.drafts import Draft
from catalog.freshness import Proposal, Rule
from catalog.kinds import Kind
from catalog.listings import ListingFacts
from catalog.market_prices import KindPrices
from catalog.market_rules import week_of
from catalog.modes import BY_WEIGHT, SAID, Mode
from catalog.photos import PhotoFacts, Subject
from catalog.price_history import PriceFacts
from catalog.products import ProductFacts
from catalog.units import UnitWord
from core import clock
from core.errors import NotFound
from core.identity import people
from core.quantity import BaseUnit


@dataclass(frozen=True)
class PackRow:
    """One listing on the board: what a pack is called, what it costs (đồng) and will cost."""

    listing: ListingFacts
    unit: str
    per_vnd: int
    per: str
    coming: tuple[PriceFacts, ...]


@dataclass(frozen=True)
class GoodsRow:
    """A product on the board with its packs, its photo, and what the market paid for its kind."""

    product_id: str
    name: str
    art: str
    photo: PhotoFacts | None
    market: KindPrices | None
    packs: tuple[PackRow, ...]


@dataclass(frozen=True)
class Board:
    """The whole board."""

    goods: tuple[GoodsRow, ...]
    drafts: tuple[Draft, ...]
    proposals: tuple[tuple[Proposal, str], ...]


@dataclass(frozen=True)
class News:
    """What just happened to a listing, for the line under it; `undo` is where it can be taken back."""

    what: str
    listing_id: str
    price_vnd: int = 0
    from_ms: int = 0
    undo: str = ""


@dataclass(frozen=True)
class HistoryRow:
    """A price that held, and whose hand set it ("" where nobody's is known)."""

    price: PriceFacts
    who: str


@dataclass(frozen=True)
class One:
    """All a listing's own page shows; `keeps_days` is how long goods of its kind usually keep."""

    row: PackRow
    product: ProductFacts
    siblings: tuple[PackRow, ...]
    photos: tuple[PhotoFacts, ...]
    subject: Subject
    units: tuple[UnitWord, ...]
    rules: tuple[Rule, ...]
    history: tuple[HistoryRow, ...]
    kinds: tuple[Kind, ...]
    keeps_days: int | None
    modes: Mapping[Mode, str]


def board(session: Session, seller_id: str) -> Board:
    """The seller's listings by product, its unfinished drafts, and proposals for goods near their day."""
    mine = [one for one in listings.of_seller(session, seller_id) if not one.is_combo]
    coming = price_history.scheduled(session, seller_id)
    pictures = photos.of_products(session, {one.product_id for one in mine})
    market = {one.kind.code: one for one in market_prices.board(session, week_of(clock.today()))}
    ordered = sorted(mine, key=lambda one: (one.name, one.product_id, one.pack_size))
    goods = tuple(
        _goods_row(list(group), coming, pictures.get(product_id, ()), market)
        for product_id, group in groupby(ordered, key=lambda one: one.product_id)
    )
    units = {one.id: cards.unit_of(one) for one in mine}
    near = freshness.proposals(session, seller_id)
    return Board(
        goods=goods,
        drafts=drafts.of_seller(session, seller_id),
        proposals=tuple((one, units[one.listing_id]) for one in near if one.listing_id in units),
    )


def _goods_row(
    packs: Sequence[ListingFacts],
    coming: Mapping[str, tuple[PriceFacts, ...]],
    pictures: Sequence[PhotoFacts],
    market: Mapping[str, KindPrices],
) -> GoodsRow:
    first = packs[0]
    return GoodsRow(
        product_id=first.product_id,
        name=first.name,
        art=first.art,
        photo=next((one for one in pictures if one.is_ready), None),
        market=market.get(first.kind),
        packs=tuple(_pack_row(one, coming) for one in packs),
    )


def _pack_row(listing: ListingFacts, coming: Mapping[str, tuple[PriceFacts, ...]]) -> PackRow:
    per_vnd, per = cards.price_per(listing)
    return PackRow(listing, cards.unit_of(listing), per_vnd, per, coming.get(listing.id, ()))


def news(session: Session, seller_id: str, args: Mapping[str, str]) -> News | None:
    """What the last step did, if the address says so and it is the seller's."""
    if "changed" in args:
        return _price_news(session, seller_id, args["changed"])
    for word in ("hidden", "shown"):
        if word in args:
            return _moved_news(session, seller_id, args[word], word)
    return News("undone", args["undone"]) if "undone" in args else None


def _price_news(session: Session, seller_id: str, price_id: str) -> News | None:
    price = price_history.find(session, seller_id, price_id)
    if price is None:
        return None
    undo = f"/console/{seller_id}/goods/prices/{price.id}/undo"
    ahead = 0 if price.applied else price.from_ms
    return News("price", price.listing_id, price.price_vnd, ahead, undo)


def _moved_news(session: Session, seller_id: str, listing_id: str, word: str) -> News | None:
    facts = listings.facts(session, [listing_id]).get(listing_id)
    if facts is None or facts.seller_id != seller_id:
        return None
    back = "show" if word == "hidden" else "hide"
    return News(word, listing_id, undo=f"/console/{seller_id}/goods/{listing_id}/{back}")


def one(session: Session, seller_id: str, listing_id: str) -> One:
    """One listing of the seller with everything that can be said about it.

    Raises:
        NotFound: it is not this seller's.
    """
    facts = listings.get(session, listing_id)
    if facts.seller_id != seller_id:
        raise NotFound()
    coming = price_history.scheduled(session, seller_id)
    same = (
        one for one in listings.of_seller(session, seller_id) if one.product_id == facts.product_id
    )
    subject = Subject("product", facts.product_id)
    product = products.facts(session, seller_id, facts.product_id)
    return One(
        row=_pack_row(facts, coming),
        product=product,
        siblings=tuple(_pack_row(each, coming) for each in same),
        photos=photos.of_subject(session, seller_id, subject),
        subject=subject,
        units=products.units_of(session, facts.product_id),
        rules=freshness.rules_of(session, facts.product_id),
        history=_history(session, price_history.history(session, seller_id, listing_id)),
        kinds=tuple(kinds.KINDS.values()),
        keeps_days=kinds.keeps_days(product.details.kind),
        modes=_modes_for(facts),
    )


def _modes_for(facts: ListingFacts) -> dict[Mode, str]:
    """How it can be sold: counted goods, combos and coming harvests are not priced by the scales."""
    plain = not facts.is_combo and facts.forecast_id is None
    weighable = plain and facts.base_unit != BaseUnit.PIECE
    never = frozenset() if weighable else BY_WEIGHT - {facts.mode}
    return {mode: said for mode, said in SAID.items() if mode not in never}


def _history(session: Session, held: Collection[PriceFacts]) -> tuple[HistoryRow, ...]:
    names = people.names_of(session, {price.set_by for price in held})
    return tuple(HistoryRow(price, names[price.set_by]) for price in held)
