"""Photos in the market of the flow tests: two of seller A's product that are shown, one of seller B's."""

from catalog import listings, photos
from catalog.photos import Subject, intake
from core import errands
from core.db import db
from tests.flows.market import Market
from tests.support import photographs


def fill(market: Market) -> None:
    """Send the pictures as an edge would, and have their copies made."""
    ids = market.ids
    with market.app.app_context():
        for prefix in ("", "foreign_"):
            listing = listings.get(db.session(), ids[f"{prefix}listing"])
            ids[f"{prefix}product"] = listing.product_id
    ids["photo_kind"], ids["copy"] = "product", "320.jpg"
    ids["photo"] = send(market, ids["seller"], ids["product"])
    ids["second_photo"] = send(market, ids["seller"], ids["product"])
    ids["foreign_photo"] = send(market, ids["foreign_seller"], ids["foreign_product"])
    develop(market)


def send(market: Market, seller_id: str, product_id: str) -> str:
    """Send a picture of a product of the seller's (the photo's id)."""
    with market.app.app_context():
        sent = intake.receive(photographs.phone_picture(400, 300))
    subject = Subject("product", product_id)
    return market.change(
        lambda session: photos.add(session, seller_id, subject, sent, "p:somebody").id
    )


def develop(market: Market) -> int:
    """Make the copies that wait (how many errands were done)."""
    with market.app.app_context():
        return errands.run_pending()
