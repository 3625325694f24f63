"""Keeps the rows search looks through as listings, products and sellers change, in the same transaction.

Whoever changes one of these calls `index_listings`, `index_product` or `index_seller`; `fsck` names what
was forgotten, `flask search rebuild` mends it. Refuses to follow stock, papers and live sales: questions
read those where they are, so they are never out of date.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import Row, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from catalog import communes, kinds
from catalog.models import Listing, Product, SearchRow, SearchTerm
from catalog.search import places, words
from core.identity import sellers
from core.identity.sellers import SellerFacts
from core.quantity import unit_price_vnd

_AT_ONCE = 500
_MONTHS = 12
_SHORTEST_PACK = 3

Columns = dict[str, object]


def index_listings(session: Session, listing_ids: Iterable[str]) -> None:
    """Make the rows of these listings what they should be; the new ones get the next numbers, in order.

    Call after every change of a listing's pack, price or state. The rows are locked before what they are
    made from is read, so the last of two writers at once has seen both changes.
    """
    session.flush()
    wanted = list(dict.fromkeys(listing_ids))
    for start in range(0, len(wanted), _AT_ONCE):
        _index_some(session, wanted[start : start + _AT_ONCE])


def index_product(session: Session, product_id: str) -> None:
    """The same for all listings of a product: call after a change of its name, kind, brand or season."""
    session.flush()
    query = select(Listing.id).where(Listing.product_id == product_id)
    index_listings(session, session.scalars(query.order_by(Listing.created_ms, Listing.id)))


def index_seller(session: Session, seller_id: str) -> None:
    """The same for all listings of a seller: call after a change of its name or commune."""
    session.flush()
    query = select(Listing.id).where(Listing.seller_id == seller_id)
    index_listings(session, session.scalars(query.order_by(Listing.created_ms, Listing.id)))


def index_missing(session: Session) -> int:
    """Index what has no row yet (the rows of an older version of the market); returns how many."""
    known = select(SearchRow.listing_id)
    query = select(Listing.id).where(Listing.id.not_in(known))
    missing = session.scalars(query.order_by(Listing.created_ms, Listing.id)).all()
    index_listings(session, missing)
    return len(missing)


def make_anew(session: Session) -> int:
    """Make every row what it should be and know all words in use; numbers stay. Returns how many."""
    session.flush()
    query = select(Listing.id).order_by(Listing.created_ms, Listing.id)
    everything = session.scalars(query).all()
    for start in range(0, len(everything), _AT_ONCE):
        some = everything[start : start + _AT_ONCE]
        _index_some(session, some)
        _remember_words(session, columns_of(session, some).values())
    return len(everything)


def wrong(session: Session) -> Iterable[str]:
    """Name each listing whose row is missing or not what it should be."""
    everything = session.scalars(select(Listing.id).order_by(Listing.id)).all()
    for start in range(0, len(everything), _AT_ONCE):
        some = everything[start : start + _AT_ONCE]
        asked = select(SearchRow).where(SearchRow.listing_id.in_(some))
        rows = {row.listing_id: row for row in session.scalars(asked)}
        for listing_id, should in columns_of(session, some).items():
            row = rows.get(listing_id)
            off = [name for name, value in should.items() if getattr(row, name, None) != value]
            if off:
                yield f"listing={listing_id} differs={','.join(sorted(off))}"


def columns_of(session: Session, listing_ids: Collection[str]) -> dict[str, Columns]:
    """What the rows of these listings should say, by listing; three queries."""
    query = select(Listing, Product).join(Product, Product.id == Listing.product_id)
    rows = session.execute(query.where(Listing.id.in_(list(listing_ids)))).all()
    known = sellers.facts_of(session, {row.Listing.seller_id for row in rows})
    return {row.Listing.id: _columns(row, known[row.Listing.seller_id]) for row in rows}


def _index_some(session: Session, listing_ids: Sequence[str]) -> None:
    asked = (
        select(SearchRow).where(SearchRow.listing_id.in_(listing_ids)).order_by(SearchRow.number)
    )
    there = {row.listing_id: row for row in session.scalars(asked.with_for_update())}
    should = columns_of(session, listing_ids)
    fresh = [should[one] for one in listing_ids if one in should and one not in there]
    changed = [
        {"number": row.number, **should[one]}
        for one, row in there.items()
        if any(getattr(row, name) != value for name, value in should[one].items())
    ]
    if changed:
        session.execute(update(SearchRow), changed)
    if fresh:
        session.execute(insert(SearchRow), fresh)
    _remember_words(session, [*fresh, *changed])


def _columns(row: Row[Listing, Product], seller: SellerFacts) -> Columns:
    listing, product = row.Listing, row.Product
    per_vnd, _ = unit_price_vnd(listing.price_vnd, listing.pack_size, product.base_unit)
    guessed = kinds.KINDS.get(product.kind) or kinds.guess(product.name)
    facts = {
        "k": guessed.code if guessed else "",
        "c": _commune_code(seller.commune),
        "s": seller.id,
    }
    on_sale = listing.state == "on_sale"
    return {
        "listing_id": listing.id,
        "product_id": product.id,
        "seller_id": seller.id,
        "on_sale": on_sale,
        "name_folded": " ".join(words.folded_words(product.name))[:120],
        "words": words.joined(_tokens(listing, product, seller, facts)) if on_sale else "",
        "kind": facts["k"],
        "commune_code": facts["c"],
        "counted": product.base_unit == "piece",
        "per_vnd": per_vnd,
    }


@lru_cache(maxsize=4096)
def _commune_code(written: str) -> str:
    return communes.commune_code_of(written)


def _tokens(
    listing: Listing, product: Product, seller: SellerFacts, facts: Mapping[str, str]
) -> set[str]:
    said = " ".join(
        (
            product.name,
            product.brand or "",
            seller.name,
            seller.commune,
            communes.name_of(facts["c"]),
            kinds.name_of(facts["k"]),
            _pack(listing, product),
        )
    )
    months = (("m", str(month)) for month in _season(product, facts["k"]))
    filters = {
        words.filter_token(name, value) for name, value in (*facts.items(), *months) if value
    }
    return words.tokens(said) | filters | _place_tokens(product.name, facts["c"])


def _pack(listing: Listing, product: Product) -> str:
    """`gói 200g`; of what is counted only the word, and none too short to say anything (`bó`, `kg`)."""
    word = listing.unit_word if len(listing.unit_word) >= _SHORTEST_PACK else ""
    counted = product.base_unit == "piece"
    return word if counted else f"{word} {listing.pack_size}{product.base_unit}"


@lru_cache(maxsize=4096)
def _place_tokens(product_name: str, seller_commune: str) -> frozenset[str]:
    """The names of the places a product speaks of and of its seller's."""
    codes = {seller_commune, *places.named_in(product_name)}
    return frozenset(token for code in codes for token in places.tokens_of(code) if token)


def _season(product: Product, kind_code: str) -> list[int]:
    """The months of a product's season: its own, else its kind's; none for what is there all year."""
    kind = kinds.KINDS.get(kind_code)
    months = kind.months if kind else None
    if product.season_from and product.season_to:
        months = (product.season_from, product.season_to)
    if months is None:
        return []
    first, last = months
    return [(first - 1 + step) % _MONTHS + 1 for step in range((last - first) % _MONTHS + 1)]


def _remember_words(session: Session, rows: Iterable[Columns]) -> None:
    """Sorted, so that two writers who bring the same new words wait for each other and not in a ring."""
    tokens = {token for row in rows for token in str(row["words"]).split()}
    plain = sorted(token for token in tokens if token[0] not in ":=")
    if plain:
        dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
        adding = dialect.insert(SearchTerm).on_conflict_do_nothing()
        session.execute(adding, [{"word": word} for word in plain])
