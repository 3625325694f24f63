"""What a buyer changes alone in an order: how it goes, what is in it, what travels with it.

Refuses whoever only holds the link: an order is changed on the device that made it, or where its buyer is
proved. Refuses a fee that was not seen, and lines of a parcel somebody packs already.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.errors import N_, DomainError
from core.identity.logins import Login
from core.states import BadTransition
from shop.ordering import adding, changes, order_facts
from shop.ordering.adding import Wish
from shop.ordering.order_facts import OrderFacts
from shop.ordering.pricing import DeliveryChoice
from shop.states import ORDER, PLACED, SECURED

LINES_CHANGE = frozenset({PLACED, SECURED})
"""The states in which a buyer takes lines out alone: nobody has begun to pack."""


class ChangingDeviceNeeded(DomainError):
    """An order is changed by its buyer, not by whoever holds the link."""

    code = "changing_device_needed"
    status = 403
    message = N_(
        "Đơn chỉ đổi được trên máy đã đặt, hoặc sau khi đăng nhập bằng số đã đặt. "
        "Bạn mở lại trên máy đó, hoặc gọi người bán nhé."
    )


class FeeChanged(DomainError):
    """The fee is another than the one agreed to; it is `fee_vnd` now."""

    code = "fee_changed"
    status = 409
    message = N_("Phí giao vừa đổi. Bạn xem lại số tiền mới rồi xác nhận nhé.")

    def __init__(self, fee_vnd: int) -> None:
        super().__init__(fee_vnd=fee_vnd)


@dataclass(frozen=True)
class Agreed:
    """A way of delivery, with the fee in đồng the buyer was shown for it."""

    choice: DeliveryChoice
    fee_vnd: int


def require_buyer(order: OrderFacts, login: Login | None) -> Login:
    """Go on only for the order's buyer; returns their login.

    Raises:
        ChangingDeviceNeeded: whoever asks holds the link alone.
    """
    if login is None or not order.belongs_to(login):
        raise ChangingDeviceNeeded()
    return login


def send(session: Session, code: str, login: Login, agreed: Agreed) -> int:
    """Send the order as agreed; returns the đồng it costs more (less: < 0).

    Raises:
        FeeChanged: it would cost another fee than was seen; nothing was changed.
        ChangingDeviceNeeded, and what `changes.change_delivery` raises.
    """
    require_buyer(order_facts.facts(session, code), login)
    more_vnd = changes.change_delivery(session, code, agreed.choice, login.actor)
    fee_vnd = order_facts.facts(session, code).fee_vnd
    if fee_vnd != agreed.fee_vnd:
        raise FeeChanged(fee_vnd)
    return more_vnd


def drop_line(session: Session, code: str, line_id: str, login: Login, reason: str) -> None:
    """Take a line out of an order nobody packs yet; the last one cancels the order.

    Raises:
        BadTransition: it is being packed, or has ended. ChangingDeviceNeeded, ReasonNeeded, NotFound.
    """
    order = order_facts.facts(session, code)
    require_buyer(order, login)
    if order.state not in LINES_CHANGE:
        raise BadTransition(ORDER.name, order.state, "changed")
    changes.cancel_line(session, code, line_id, login.actor, reason)


def add(session: Session, code: str, login: Login, wishes: Sequence[Wish]) -> str:
    """Order more with `code`; returns the order the goods are in now, as `adding.add`.

    Raises: ChangingDeviceNeeded, and what `adding.add` raises.
    """
    require_buyer(order_facts.facts(session, code), login)
    return adding.add(session, code, wishes, login.actor)
