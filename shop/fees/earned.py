"""What of an order's goods its seller keeps money for: what a fee and a tax are of.

Refuses delivery, and refuses to count twice: a discount the province pays is the seller's money too.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import payments
from payments.refunds import told
from shop.models import Order
from shop.ordering.order_facts import reference_of
from shop.states import BROUGHT_BACK, WITHOUT_GOODS
from shop.vouchers.models import PROVINCE, Voucher, VoucherUse


def own_discount_vnd(session: Session, order: Order) -> int:
    """What the seller itself took off `order`'s goods, in đồng; 0 where the province pays it."""
    if not order.discount_vnd:
        return 0
    query = select(Voucher.owner).join(VoucherUse, VoucherUse.voucher_id == Voucher.id)
    owner = session.scalars(query.where(VoucherUse.order_code == order.code)).one_or_none()
    return 0 if owner == PROVINCE else order.discount_vnd


def kept_vnd(session: Session, order: Order) -> int:
    """What the goods of `order` bring its seller now, in đồng: nothing once they are not sold any more.

    What is owed back beyond the order's own sums (a complaint's outcome) is taken off, and what staff gave
    once the bank says it went: a refund that was begun may still be dropped, or come back.
    """
    if order.state in (*WITHOUT_GOODS, *BROUGHT_BACK):
        return 0
    paid = payments.facts(session, reference_of(order.code))
    if paid.refund_due:
        return 0
    given_vnd = told.given_vnd(session, paid.id)
    given_back_vnd = max(0, paid.refund_vnd - order.cut_refund_vnd) + given_vnd
    return max(0, order.goods_vnd - own_discount_vnd(session, order) - given_back_vnd)
