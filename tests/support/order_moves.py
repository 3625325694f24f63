"""The steps of an order as the state machine plays them, and what each makes of each state."""

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.orm import Session

from shop import orders
from shop.ordering import changes, fulfilment, order_facts
from shop.orders import Cancellation
from shop.reliability import appeals
from shop.reliability.appeals import Decision
from shop.reliability.errors import NobodyAsks
from tests.support.order_model import CHANGING

WHO, WHY = "p:packer", "lý do"
NEXT = {
    "start": {"secured": "packing", "packing": "packing"},
    "aside": {"packing": "secured", "secured": "secured"},
    "finish": {"packing": "packed", "packed": "packed"},
    "unpack": {"packed": "packing", "packing": "packing"},
    "hand_over": {"packed": "handed_over", "handed_over": "handed_over"},
    "deliver": {"handed_over": "delivered", "delivered": "delivered"},
    "refuse": {"handed_over": "refused", "refused": "refused"},
    "take_back": {"handed_over": "returned", "delivered": "returned", "returned": "returned"},
    "off": {**dict.fromkeys((*CHANGING, "packed"), "cancelled"), "cancelled": "cancelled"},
    "cancel": dict.fromkeys(("placed", "secured", "cancelled"), "cancelled"),
}
"""What each step makes of each state, written down apart from the product; all else is refused."""
Act = Callable[[Session, str], None]


def refuse(session: Session, code: str) -> None:
    """The parcel is not taken; the seller lets it go at once, so that the next goes out on a word again."""
    fulfilment.refuse(session, code, WHO, WHY)
    order = order_facts.facts(session, code)
    decision = Decision(order.seller_id, order.person_id, WHO, WHY)
    with suppress(NobodyAsks):
        appeals.forgive(session, decision)


ACTS: dict[str, Act] = {
    "start": lambda session, code: fulfilment.start_packing(session, code, WHO),
    "aside": lambda session, code: fulfilment.stop_packing(session, code, WHO),
    "finish": lambda session, code: fulfilment.finish_packing(session, code, WHO),
    "unpack": lambda session, code: fulfilment.unpack(session, code, WHO),
    "hand_over": lambda session, code: fulfilment.hand_over(session, code, WHO),
    "deliver": lambda session, code: fulfilment.deliver(session, code, WHO),
    "refuse": refuse,
    "take_back": lambda session, code: fulfilment.take_back(session, code, WHO, WHY),
    "off": lambda session, code: changes.call_off(session, code, WHO, WHY),
    "cancel": lambda session, code: orders.cancel(session, code, Cancellation("p:b", "", True)),
}

ONWARDS = {"secured": "start", "packing": "finish", "packed": "hand_over"}
"""What an order needs next, as long as there is no choice."""
