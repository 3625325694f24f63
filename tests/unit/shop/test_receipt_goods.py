"""What stands beside a receipt: lots and weights once the box is made up; nothing that was signed changes."""

from sqlalchemy.orm import Session

from payments import payments
from payments.receipts import receipts
from shop.buying import receipt_goods
from shop.ordering.order_facts import reference_of
from shop.packing.models import PackedPart
from tests.factories.payments import new_code
from tests.factories.shop import make_stand, order, pack, paid_order


def token(session: Session, code: str) -> str:
    receipt_id = payments.facts(session, reference_of(code)).receipt_id
    assert receipt_id is not None
    return receipts.get(session, receipt_id).token


def test_lots_and_weights_are_told_once_the_box_is_made_up(session: Session) -> None:
    code = paid_order(session, make_stand(session), 2)
    signed = token(session, code)
    assert receipt_goods.of_order(session, code) == ()
    pack(session, code)
    (line,) = order(session, code).lines
    session.add(
        PackedPart(
            line_id=line.id,
            position=0,
            order_code=code,
            seller_id=order(session, code).seller_id,
            packs=2,
            weighed=415,
            actor="p:packer",
            at_ms=1,
        )
    )
    session.flush()
    (goods,) = receipt_goods.of_order(session, code)
    assert (goods.name, goods.packs, goods.weighed) == (line.name, 2, 415)
    assert [one.lot.code for one in goods.lots]
    assert token(session, code) == signed


def test_a_code_that_is_no_orders_tells_nothing(session: Session) -> None:
    assert receipt_goods.of_order(session, new_code()) == ()
