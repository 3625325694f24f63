"""More goods after an order was placed: into the same order while it is not paid, else as an order beside it.

The same code and one sum, as long as there is one sum to ask for: the old QR picture, if it is paid, fills
a part of it. A paid order keeps its receipt; what is added gets an order of its own, which the desk may put
into one parcel with it. Refuses prices from outside: the catalogue's hold.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import listings, stock, wholesale
from catalog.listings import ListingFacts
from catalog.modes import Mode
from catalog.pricing import line_amount_vnd
from catalog.tiers import price_for
from core.errors import NotFound
from shop.errors import EmptyOrder, NotOnSale, WeighedApart
from shop.models import Order, OrderLine
from shop.ordering import balance, history, holding, placing
from shop.ordering.line_changes import ADDED, Why, note, require_changing
from shop.ordering.order_facts import OrderFacts, reference_of
from shop.ordering.pricing import (
    Buyer,
    DeliveryChoice,
    Gift,
    PlaceLine,
    PlaceOrder,
    PricedLine,
    PricedOrder,
    price,
)
from shop.ordering.takes import takes_of
from shop.states import PLACED

Wish = tuple[str, int]
"""A listing's id and how many packs of it."""


def add(session: Session, code: str, wishes: Sequence[Wish], actor: str) -> str:
    """Add packs at today's prices to what was ordered as `code`; returns the order they are in now.

    Effect: not yet paid, they are lines of the same order, held as long as the rest, and its payment asks
    for the new sum, delivery quoted anew. Secured, they are a new order of the same buyer to the same
    place, with its own time to pay and its own fee until the two share a parcel.

    Raises:
        OutOfStock, NotOnSale, NoService, TooMuchForOneTransfer: nothing was added.
        BadTransition: its parcel is made up, or it has ended. NotFound: no such order or listing.
        EmptyOrder: there are no wishes. BadQuantity: packs below one. WeighedApart: as `into`.
    """
    order = history.locked(session, code)
    require_changing(order)
    lines = priced_today(session, order.seller_id, wishes)
    if not lines:
        raise EmptyOrder()
    if order.state != PLACED:
        wanted = tuple(line.wanted for line in lines)
        return placing.place(session, _order_of(order, choice_of(order), wanted))
    into(session, order, lines, Why(ADDED, actor, ""))
    _quote_again(session, order)
    balance.settle_up(session, order)
    history.record(session, order, actor, f"added {sum(line.wanted.packs for line in lines)} packs")
    return code


def into(session: Session, order: Order, lines: Sequence[PricedLine], why: Why) -> int:
    """Make `lines` lines of `order` (locked) too, their goods kept as the rest of it; returns their đồng.

    The order's goods are raised; the caller settles up.

    Raises:
        OutOfStock: there is not enough. WeighedApart: one of them is weighed before it is paid.
    """
    for line in lines:
        if line.listing.mode == Mode.WEIGH_THEN_PAY:
            raise WeighedApart(line.listing.name)
    holder, first = reference_of(order.code), _next_position(session, order.code)
    held = holding.hold(session, holder, lines, order.pay_by_ms)
    of_row = {(first + number, part): id_ for (number, part), id_ in held.items()}
    for position, line in enumerate(lines, start=first):
        row = placing.line_row(order.code, position, line)
        placing.add_line(session, row, line, of_row)
        note(session, row, row.packs, row.amount_vnd, Why(ADDED, why.actor, why.reason))
    if order.state != PLACED:
        stock.allocate_holder(session, holder)
    cost_vnd = sum(line.amount_vnd for line in lines)
    order.goods_vnd += cost_vnd
    order.amount_vnd += cost_vnd
    return cost_vnd


def priced_today(session: Session, seller_id: str, wishes: Sequence[Wish]) -> list[PricedLine]:
    """What `wishes` of a seller's listings cost now, wholesale where they are many enough.

    Raises:
        NotFound: a listing is not this seller's. NotOnSale: it is not sold. BadQuantity: packs below one.
    """
    found = listings.facts(session, [listing_id for listing_id, _ in wishes])
    sold = [(_of_seller(found.get(id_), seller_id), packs) for id_, packs in wishes]
    tiers = wholesale.tiers_of(session, [listing.id for listing, _ in sold])
    takes = takes_of(session, sold)
    lines = []
    for (listing, packs), taken in zip(sold, takes, strict=True):
        unit_price_vnd = price_for(tiers.get(listing.id, ()), packs, listing.price_vnd)
        wanted = PlaceLine(listing.id, packs, unit_price_vnd)
        amount_vnd = line_amount_vnd(unit_price_vnd, packs)
        lines.append(PricedLine(wanted, listing, amount_vnd, taken))
    return lines


def priced_as(session: Session, order: Order, choice: DeliveryChoice) -> PricedOrder:
    """What the goods of `order` as they are now cost by another way; raises as `placing.place`."""
    session.flush()
    query = select(OrderLine).where(OrderLine.order_code == order.code, OrderLine.packs > 0)
    rows = session.scalars(query.order_by(OrderLine.position)).all()
    lines = tuple(PlaceLine(row.listing_id, row.packs, row.unit_price_vnd) for row in rows)
    return price(session, _order_of(order, choice, lines))


def choice_of(order: Order) -> DeliveryChoice:
    """How `order` goes, as a buyer would choose it again."""
    return DeliveryChoice(
        order.way_id or order.way_kind,
        order.address,
        _gift(order),
        slot=order.slot_id or "",
        commune=order.commune_code,
    )


def gift_in(order: OrderFacts) -> Gift | None:
    """Who gets the goods of `order` in its buyer's stead, as a buyer would choose them again."""
    gift = order.gift
    return Gift(gift.name, gift.phone, gift.note, gift.hides_prices) if gift else None


def _gift(order: Order) -> Gift | None:
    if not order.recipient_phone:
        return None
    return Gift(order.recipient_name, order.recipient_phone, order.gift_note, order.hides_prices)


def _of_seller(found: ListingFacts | None, seller_id: str) -> ListingFacts:
    if found is None or found.seller_id != seller_id:
        raise NotFound()
    if not found.on_sale:
        raise NotOnSale(found.id)
    return found


def _quote_again(session: Session, order: Order) -> None:
    more_vnd = priced_as(session, order, choice_of(order)).way.fee_vnd - order.fee_vnd
    order.fee_vnd += more_vnd
    order.amount_vnd += more_vnd


def _order_of(order: Order, choice: DeliveryChoice, lines: tuple[PlaceLine, ...]) -> PlaceOrder:
    buyer = Buyer(order.person_id, order.device_id, order.name, order.phone)
    return PlaceOrder(order.seller_id, buyer, order.source, choice, lines)


def _next_position(session: Session, code: str) -> int:
    query = select(func.max(OrderLine.position)).where(OrderLine.order_code == code)
    return (session.scalar(query) or 0) + 1
