"""Ready words to send a buyer about an order: what stands, what is to be done, the order's own address."""

from dataclasses import dataclass

from flask_babel import gettext as _

from core.money import format_vnd
from shop import links
from shop.ordering.order_facts import OrderFacts
from shop.states import DELIVERED, HANDED_OVER, PACKED, PACKING, PLACED, SECURED


@dataclass(frozen=True)
class Message:
    """Words about one order, under what they are about."""

    code: str
    subject: str
    words: str


def about(orders: tuple[OrderFacts, ...], seller_name: str) -> tuple[Message, ...]:
    """A message for each order of which a buyer may want to hear, in their order."""
    found = []
    for order in orders:
        if told := _told(order):
            link = links.order_url(order.code, order.capability)
            hello = _("Chào %(name)s, %(seller)s đây ạ.", name=order.name, seller=seller_name)
            found.append(Message(order.code, told[0], f"{hello} {told[1]} {link}"))
    return tuple(found)


def _told(order: OrderFacts) -> tuple[str, str] | None:
    code, much = order.code, format_vnd(order.amount_vnd)
    if order.state == PLACED:
        words = _("Đơn %(code)s %(sum)s còn chờ trả. Bạn trả ở đây giúp nhé:", code=code, sum=much)
        return _("Nhắc trả tiền"), words
    if order.state in (SECURED, PACKING, PACKED):
        words = _("Đơn %(code)s đang được chuẩn bị. Xem đơn ở đây:", code=code)
        return _("Đang chuẩn bị"), words
    if order.state == HANDED_OVER:
        words = _("Đơn %(code)s đã gửi đi. Xem hàng tới đâu ở đây:", code=code)
        return _("Đã gửi đi"), words
    if order.state == DELIVERED:
        words = _("Đơn %(code)s đã tới tay. Hàng có ổn không, bạn cho biết ở đây nhé:", code=code)
        return _("Hỏi thăm"), words
    return None
