"""What must hold of prices, as queries `flask fsck` runs: a listing costs what its history says last."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from core.fsck import check


@check("a listing costs what its newest price says")
def prices_agree(session: Session) -> list[str]:
    query = text(
        "SELECT l.id, l.price_vnd, p.price_vnd AS told FROM listings l"
        " JOIN listing_prices p ON p.listing_id = l.id AND p.applied"
        " WHERE l.price_vnd <> p.price_vnd AND NOT EXISTS ("
        "SELECT 1 FROM listing_prices n WHERE n.listing_id = l.id AND n.applied"
        " AND (n.from_ms > p.from_ms OR (n.from_ms = p.from_ms AND n.id > p.id)))"
    )
    rows = session.execute(query)
    return [f"listing {row.id}: costs {row.price_vnd}, history says {row.told}" for row in rows]
