"""A person's word that a line of the bank paid payouts, or brought one back: a decision like any other.

For lines the machine cannot read: no code, or another sum because of the bank's fee. What is left of the line
is named too, so that no đồng is without a reason. Refuses a line of which something has its place already.
"""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from payments import placing
from payments.desk import decisions
from payments.desk.decisions import Word
from payments.desk.desk_errors import LineNotWaiting, RestUnsaid
from payments.desk.desk_rules import Share
from payments.models import BankLine, MatchedPart
from payments.payouts import by_hand
from payments.payouts.by_hand import Tied
from payments.placing import Placed
from payments.states import Account

RESTS = (Account.BANK_FEE, Account.NOT_OURS)
"""What the rest of an outgoing line may be: the bank's fee, or something else that was paid with it."""
_WHOLE = {"out": {Account.OUTGOING}, "in": {Account.UNKNOWN_CODE}}


def tie(
    session: Session, word: Word, payout_ids: Collection[str], rest: Account | None = None
) -> None:
    """Let the line of `word` have paid these payouts (or brought one back); `rest` is what is left of it.

    Undone by `decisions.take_back`. Two at once: one of them, the other sees what was decided.

    Raises:
        NotFound: the seller has no such line or payout. LineDecided: somebody decided since `word.seen`.
        LineNotWaiting: not all of it waits. RestUnsaid: something is left, and nobody said what it is.
        PayoutNotWaiting, LineTooSmall, BackTooMuch: see `by_hand.take`.
    """
    line = decisions.waiting_line(session, word)
    _require_whole(session, line)
    tied = by_hand.take(session, word.seller_id, line, payout_ids, word.actor)
    shares = _shares(line, tied, rest)
    decisions.write(session, word, shares)
    placing.place_again(session, line, _placed(shares))
    placing.look_again(session, line.seller_id, {one.amount_vnd for one in tied})


def _require_whole(session: Session, line: BankLine) -> None:
    query = select(MatchedPart.account).where(MatchedPart.bank_line_id == line.id)
    if set(session.scalars(query)) != _WHOLE[line.direction]:
        raise LineNotWaiting()


def _shares(line: BankLine, tied: Collection[Tied], rest: Account | None) -> list[Share]:
    shares = [Share(one.amount_vnd, None, Account.PAID_OUT, one.payout_id) for one in tied]
    left_vnd = line.amount_vnd - sum(one.amount_vnd for one in tied)
    if left_vnd and rest not in RESTS:
        raise RestUnsaid(left=left_vnd)
    if left_vnd and rest is not None:
        shares.append(Share(left_vnd, None, rest))
    return shares


def _placed(shares: Collection[Share]) -> list[Placed]:
    """One part for each account: whose the payouts are stands with them."""
    sums: Counter[Account] = Counter()
    for one in shares:
        sums[one.account] += one.amount_vnd
    return [Placed(amount_vnd, None, account) for account, amount_vnd in sums.items()]
