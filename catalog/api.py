"""The catalogue for programs: what is on sale, and one listing. Reading needs no login."""

from typing import cast

from marshmallow import RAISE

from catalog import browse, cards, listings, schemas
from catalog.listings import ListingFacts
from catalog.search import Wanted
from core.client_ids import JsonObject
from core.db import db
from core.http.api import ApiBlueprint

blueprint = ApiBlueprint(
    "catalog_api", __name__, url_prefix="/api/v1", description="What is sold, and how much is left."
)


@blueprint.get("/listings")
@blueprint.arguments(schemas.ListingQuery, location="query", unknown=RAISE)
@blueprint.response(200, schemas.ListingPageAnswer)
def list_listings(query: JsonObject) -> JsonObject:
    """Listings on sale with every word of `q`, in the order told on `/search/ranking`."""
    after, limit = cast(str | None, query.pop("after")), cast(int, query.pop("limit"))
    wanted = Wanted(query=str(query.pop("q")), **query)  # type: ignore[arg-type]
    page = browse.page(db.session(), wanted, after, limit)
    return {
        "list": [_answer(item) for item in page.items],
        "after": page.after,
        "count": page.count,
        "meant": page.meant,
    }


@blueprint.get("/listings/<listing>")
@blueprint.response(200, schemas.ListingAnswer)
def read_listing(listing: str) -> JsonObject:
    """One listing, on sale or not."""
    return _answer(listings.get(db.session(), listing))


def _answer(item: ListingFacts) -> JsonObject:
    return {
        "id": item.id,
        "seller": item.seller_id,
        "name": item.name,
        "story": item.story,
        "unit": cards.unit_of(item),
        "base_unit": item.base_unit,
        "pack_size": item.pack_size,
        "price_vnd": item.price_vnd,
        "on_sale": item.on_sale,
        "left": item.available_packs,
        "only_in_live": item.only_in_live,
        "url": f"/products/{item.id}",
    }
