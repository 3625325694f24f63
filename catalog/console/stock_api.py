"""What a phone at the shelf or the stall sends when it has a network again: counts and sales, each once."""

from typing import cast

from sqlalchemy.orm import Session

from catalog import access, stall_sales, stocktake
from catalog.console import stock_forms
from catalog.stall_sales import StallLine, StallSale
from catalog.stock import Word
from catalog.stocktake import CountLine
from core.client_ids import JsonObject
from core.http import steps
from core.http.api import ApiBlueprint
from core.http.current import current_login

blueprint = ApiBlueprint(
    "stock_api",
    __name__,
    url_prefix="/api/v1/sellers/<seller>",
    description="Counting and selling by hand, from phones that are not always online.",
)


@blueprint.post("/counts")
@blueprint.arguments(stock_forms.CountBody)
@blueprint.response(200, stock_forms.CountAnswer)
def take_count(body: JsonObject, seller: str) -> JsonObject:
    """Set lots at a point to what was counted; a lot whose book has moved since is told back unchanged."""
    login = access.require(current_login(), seller, access.STOCKERS)
    lines = [
        CountLine(str(line["lot"]), cast(int, line["book"]), cast(int, line["counted"]))
        for line in cast(list[JsonObject], body["lines"])
    ]
    word = Word(actor=login.actor, reason=str(body["reason"]) or stocktake.DEFAULT_REASON)
    point = str(body["point"])

    def act(session: Session, _body: JsonObject) -> JsonObject:
        taken = stocktake.take(session, seller, point, lines, word)
        return {"list": [_told(line) for line in taken]}

    return steps.do(login, "stock.count", {**body, "seller": seller}, act)


@blueprint.post("/stall-sales")
@blueprint.arguments(stock_forms.StallSaleBody)
@blueprint.response(200, stock_forms.StallSaleAnswer)
def sell_at_stall(body: JsonObject, seller: str) -> JsonObject:
    """Take what was sold by hand off a point, all of it or nothing."""
    login = access.require(current_login(), seller, access.STAFF)
    sale = StallSale(
        point_id=str(body["point"]),
        lines=[
            StallLine(str(line["listing"]), cast(int, line["quantity"]))
            for line in cast(list[JsonObject], body["lines"])
        ],
        took_vnd=cast(int, body["took_vnd"]),
        sold_ms=cast(int, body["sold_ms"]),
    )

    def act(session: Session, _body: JsonObject) -> JsonObject:
        return {"sale": stall_sales.sell(session, seller, sale, login.actor)}

    return steps.do(login, "stall.sell", {**body, "seller": seller}, act)


def _told(line: stocktake.CountedLine) -> JsonObject:
    return {
        "lot": line.lot_id,
        "outcome": line.outcome.value,
        "now": line.now,
        "short": line.short,
    }
