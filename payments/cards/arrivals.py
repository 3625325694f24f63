"""Which line of a bank is what Stripe paid out: its very sum, and a text that names Stripe.

Counted, not paired: of so many payouts of one sum at most so many lines are payouts, whichever was told
first. Refuses to take a line for one Stripe told of nothing like: a person may, at the desk.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.text import fold
from payments.cards.card_sums import VND
from payments.cards.models import CardPayout
from payments.claimed import Claimed
from payments.models import BankLine, MatchedPart
from payments.states import Account

_TELLS = "stripe"
_ON_ITS_WAY = ("in_transit", "paid")


def by_line(session: Session, line: BankLine) -> Claimed | None:
    """Take an incoming line that is a payout of Stripe's and that no other line is.

    The payouts of its sum are locked afterwards, so that two lines at once are not one payout.
    """
    if line.direction != "in" or _TELLS not in fold(line.content):
        return None
    told = select(CardPayout.id).where(
        CardPayout.seller_id == line.seller_id,
        CardPayout.currency == VND,
        CardPayout.amount == line.amount_vnd,
        CardPayout.state.in_(_ON_ITS_WAY),
    )
    payouts = session.scalars(told.order_by(CardPayout.id).with_for_update()).all()
    seen = select(func.count()).where(
        MatchedPart.seller_id == line.seller_id,
        MatchedPart.account == Account.CARD_PAYOUT,
        MatchedPart.amount_vnd == line.amount_vnd,
        MatchedPart.bank_line_id != line.id,
    )
    if len(payouts) <= (session.scalar(seen) or 0):
        return None
    return Claimed(Account.CARD_PAYOUT, frozenset())
