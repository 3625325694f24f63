"""A small sale day: two claims that became orders, one of them paid and packed, one claim that did not."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from livestream.figures import reports
from livestream.figures.reports import SESSION, Scope
from livestream.shows import sessions
from shop import orders
from tests.factories.livestream import Show, make_buyer, make_claim, make_show, order_basket
from tests.factories.payments import pay
from tests.factories.shop import pack

PRICE = 60_000


@dataclass(frozen=True)
class Evening:
    """A session that ended, on which one paid for two packs and another only ordered one."""

    session: Session
    show: Show
    paid: str

    @property
    def scope(self) -> Scope:
        """Its seller's report."""
        return Scope(SESSION, self.show.id, self.show.seller_id)

    def values(self) -> dict[str, int | None]:
        """The figures as they are told now."""
        return reports.read(self.session, self.scope).report.values


def make_evening(session: Session) -> Evening:
    """Hold the sale and end it."""
    show = make_show(session, 9)
    hoa, lan = make_buyer(session), make_buyer(session)
    make_claim(session, show, 2, login=hoa)
    make_claim(session, show, 1, login=lan)
    make_claim(session, show, 1)
    paid = order_basket(session, show, hoa)
    order_basket(session, show, lan)
    pay(session, show.till, paid, 2 * PRICE)
    orders.secure(session, paid)
    pack(session, paid)
    sessions.end(session, show.id)
    session.flush()
    return Evening(session, show, paid)
