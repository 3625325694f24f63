"""All that the pay page of one order says, read once for the page, its picture and its poll."""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from core import clock
from core.identity import sellers
from core.identity.logins import Login
from core.identity.sellers import SellerFacts
from payments.cards import card_facts
from payments.cards.card_facts import CardOffer
from payments.payments import PaymentFacts
from payments.qr import bank_apps
from payments.qr.bank_apps import AppLink
from shop import links
from shop.buying import asked_now
from shop.buying.pay_states import ASKING, PLAIN, PayState
from shop.carriers import parcels
from shop.carriers.parcels import ParcelNews
from shop.ordering import order_facts
from shop.ordering.ending import has_time_to_gain
from shop.ordering.line_changes import CHANGING
from shop.ordering.order_facts import OrderFacts
from shop.refunds import money_back
from shop.refunds.money_back import MoneyBack
from shop.states import HANDED_OVER, PACKED, PACKING, SECURED

_QUICK_MS = 2500
_STILL_LOOKS_MS = 600_000
"""So long after the money came a second transfer of the same sum may follow; the buyer is told at once."""
_SLOW_MS = 15_000
_RELOAD_S = 60
_UNDER_WAY = frozenset({SECURED, PACKING, PACKED, HANDED_OVER})
"""The states in which something is still to happen to the goods."""


@dataclass(frozen=True)
class PayPage:
    """An order, what is asked for it and its seller as one buyer may see them.

    `payment` is the order's own; while a sum on top, or a deposit, is asked, it asks for that.
    """

    order: OrderFacts
    payment: PaymentFacts
    seller: SellerFacts
    state: PayState
    by_buyer: bool
    card: CardOffer
    parcel: ParcelNews | None = None
    back: MoneyBack = field(default_factory=MoneyBack)

    @property
    def asks(self) -> bool:
        """Whether money is asked for, so that a QR is shown."""
        return self.state in ASKING and self.payment.qr_payload is not None

    @property
    def path(self) -> str:
        return links.order_path(self.order.code, self.order.capability)

    @property
    def poll_ms(self) -> int:
        """How often to look for news, in ms; 0 when none is expected."""
        if self.state in (PayState.REST, PayState.WEIGHING):
            return _SLOW_MS
        if self.asks or self.state is PayState.RECEIVED or self._just_paid:
            return _QUICK_MS
        waits = self.state is PayState.EXPIRED or self.order.state in _UNDER_WAY
        waits = waits or self.back.still_vnd > 0
        return _SLOW_MS if waits else 0

    @property
    def _just_paid(self) -> bool:
        settled_ms = self.payment.settled_ms
        return settled_ms is not None and clock.now_ms() - settled_ms < _STILL_LOOKS_MS

    @property
    def app_links(self) -> tuple[AppLink, ...]:
        """Links that open a bank's app with this sum filled in; none where no app is known to."""
        if not self.asks or self.payment.qr_payload is None:
            return ()
        holder, back = self.payment.account_holder, links.market_url()
        return bank_apps.links(self.payment.qr_payload, holder, back)

    @property
    def version(self) -> str:
        """A short mark that changes whenever the page would say something else."""
        said = (
            self.state,
            self.order.state,
            self.order.pay_by_ms,
            self.order.amount_vnd,
            self.payment.paid_vnd,
            self.payment.surplus_vnd,
            self.payment.receipt_id,
            self.order.times,
            self.order.way,
            (self.order.way_label, self.order.address, self.order.cut_refund_vnd),
            tuple((line.id, line.packs, line.weighed) for line in self.order.lines),
            self.parcel,
            (self.back.owed_vnd, self.back.proved_vnd, self.back.account),
            tuple((refund.id, refund.state) for refund in self.back.refunds),
            self.card,
        )
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]

    @property
    def is_over(self) -> bool:
        """Whether its time to pay has passed without the money."""
        return self.state is PayState.EXPIRED

    @property
    def may_change(self) -> bool:
        """Whether its way, its address or its goods may still change, by its buyer."""
        return self.order.state in CHANGING and not self.is_over

    @property
    def may_cancel(self) -> bool:
        """Whether this caller may cancel now: an unpaid order by its link, a paid one by its buyer."""
        return self.state in PLAIN or (self.order.state == SECURED and self.by_buyer)

    @property
    def reload_s(self) -> int:
        """After how many seconds a page without scripts loads itself anew; 0: it does not."""
        return 0 if not self.poll_ms else 5 if self.poll_ms == _QUICK_MS else _RELOAD_S

    @property
    def gains_time(self) -> bool:
        """Whether looking at it moves the end of the order once."""
        return has_time_to_gain(self.order)


def read(session: Session, code: str, login: Login | None, capability: str) -> PayPage:
    """The pay page of order `code` for this caller.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    order = order_facts.seen_by(session, code, login, capability)
    now = asked_now.of_order(session, order)
    seller = sellers.facts(session, order.seller_id)
    parcel = parcels.news(session, order.way.shipment_id)
    back = money_back.of_order(session, code)
    card = card_facts.offer(session, order.seller_id, now.asked.id)
    by_buyer = order.belongs_to(login)
    return PayPage(order, now.asked, seller, now.state, by_buyer, card, parcel, back)
