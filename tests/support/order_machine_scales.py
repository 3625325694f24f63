"""The scales at the packing table, as a part of the order machine: honey is priced by what they say."""

from collections.abc import Callable

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from sqlalchemy.orm import Session

from shop.errors import NotWeighed, WeighsTooLittle, WeighsTooMuch
from shop.ordering import history, weights
from tests.support.order_market import OrderMarket
from tests.support.order_model import HONEY, PACK_G
from tests.support.order_moves import WHO

_WRONG = (NotWeighed, WeighsTooLittle, WeighsTooMuch)


class ScalesRules:
    """Honey of an order on the table is weighed: a little off, right, or as nobody can have meant it."""

    session: Session
    market: OrderMarket
    does: Callable[..., bool]

    def pick(self, which: int) -> str:
        return list(self.market.orders)[which % len(self.market.orders)]

    @precondition(lambda self: self.market.orders)
    @rule(which=st.integers(0, 9), off=st.sampled_from([-400, -90, -30, 0, 7, 15, 20, 300]))
    def weigh(self, which: int, off: int) -> None:
        code = self.pick(which)
        one = self.market.orders[code]
        if one.state != "packing" or not one.packs[HONEY]:
            return
        grams = one.packs[HONEY] * PACK_G + off
        lines = (row for row in self.market.facts(code).lines if row.by_weight and row.packs)
        told = {next(lines).id: grams}
        one_less = min(-(-9 * (grams - off) // 10), grams - off - PACK_G)
        legal = max(one_less, PACK_G // 2) <= grams <= (grams - off) * 11 // 10

        def act() -> None:
            weights.weigh(self.session, history.locked(self.session, code), told, WHO)

        if self.does(legal, _WRONG, act):
            one.weighs(grams)
