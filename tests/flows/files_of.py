"""Price lists that wait in the flow market, one of each seller's."""

from sqlalchemy.orm import Session

from catalog.imports import shelf
from catalog.imports.columns import Kind
from catalog.imports.shelf import NewFile
from core.tables import reading
from tests.flows.market import Market

PRICES = "Sản phẩm\tĐơn vị\tQuy cách\tGiá\nChè vằng\tgói\t200 g\t45k\nNa dai\tkg\t\t60k"


def fill(market: Market) -> None:
    """Send them."""
    market.change(lambda session: _fill(market, session))


def _fill(market: Market, session: Session) -> None:
    for prefix in ("", "foreign_"):
        new = NewFile("bang-gia.csv", Kind.LISTINGS, reading.pasted(PRICES))
        seller = market.ids[prefix + "seller"]
        market.ids[prefix + "import_id"] = shelf.keep(session, seller, new, "0" * 64, "p:somebody")
