"""How much a seller asks beforehand of buyers who did not come: dated, the newest row counts.

Refuses to change what orders were asked: they keep their sum.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.errors import N_, BadRequest
from core.money import MAX_VND
from shop.reliability.models import DepositSetting
from shop.reliability.reliability_rules import DEFAULT, NONE, PERCENT, WAYS, Share

_MOST_PERCENT = 100


class BadShare(BadRequest):
    """It is no percentage from 1 to 100, and no sum of đồng."""

    message = N_("Mức cọc chưa đúng. Bạn ghi phần trăm từ 1 đến 100, hoặc một số tiền như 50k.")

    def __init__(self) -> None:
        super().__init__(field="worth", why="1 to 100 percent, or a sum")


def of_now(session: Session, seller_id: str) -> Share:
    """What the seller asks now; `DEFAULT` where it has said nothing."""
    newest = select(DepositSetting).where(
        DepositSetting.seller_id == seller_id, DepositSetting.from_ms <= clock.now_ms()
    )
    order = newest.order_by(DepositSetting.from_ms.desc(), DepositSetting.id.desc())
    row = session.scalars(order.limit(1)).one_or_none()
    return Share(row.way, row.worth) if row else DEFAULT


def ask_from_now(session: Session, seller_id: str, share: Share, actor: str) -> None:
    """Ask `share` of orders placed from now on.

    Raises:
        BadShare: no such way, or its worth is no percentage and no sum.
    """
    most = _MOST_PERCENT if share.way == PERCENT else MAX_VND
    if share.way not in WAYS or (share.way != NONE and not 0 < share.worth <= most):
        raise BadShare()
    worth = 0 if share.way == NONE else share.worth
    session.add(
        DepositSetting(
            seller_id=seller_id,
            way=share.way,
            worth=worth,
            from_ms=clock.now_ms(),
            made_by=actor,
        )
    )
    session.flush()
