"""What moved a seller's balance at Stripe, in the books: fees, and what a card's bank took or gave back.

Each move is booked once, under a key of its own, whoever told of it first: a look at the charge, a dispute,
a payout. What a charge brought and a refund took is booked by `card_lines` and `refund_way`; of those moves
the fee alone is. A dispute's money is nobody's while it lasts and lost with it. Refuses to guess đồng.
"""

from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from core.db import insert_new
from core.ids import new_id
from payments.cards import card_sums
from payments.cards.card_provider import Move
from payments.cards.card_sums import CHARGE, DISPUTE, FEE, OTHER, REFUND, Dong
from payments.cards.models import CardAccount, CardLine, CardMove
from payments.ledger import chart
from payments.ledger.entries import Entry, Line
from payments.ledger.models import LedgerEntry, LedgerLine
from payments.ledger.posting import post

LOST = "lost"
_WHAT = {
    CHARGE: "Phí cổng thẻ",
    REFUND: "Phí cổng thẻ khi hoàn tiền",
    FEE: "Phí cổng thẻ",
    OTHER: "Tiền khác ở Stripe, không của đơn nào",
}
_TAKEN, _GIVEN = "Ngân hàng của thẻ rút tiền vì khiếu nại", "Khiếu nại thắng, tiền thẻ được trả lại"


@dataclass(frozen=True)
class Where:
    """Whose balance, by ids; of which charge's line, and by which payout it left, None where neither."""

    seller_id: str
    account_id: str
    line_id: str | None = None
    payout_id: str | None = None


def of_line(session: Session, line: CardLine, told: tuple[Move, ...]) -> None:
    """Keep what moved for one charge, and where its dispute stands. Precondition: its payment is locked."""
    for move in told:
        take(session, Where(line.seller_id, line.account_id, line.id), move)
    lost(session, line)


def take(session: Session, where: Where, move: Move) -> None:
    """Keep and book a move; told again it only learns by which payout it left."""
    dong = card_sums.in_dong(move) or Dong(0, 0)
    kind = move.kind if where.line_id or move.kind == FEE else OTHER
    booked = Dong(0, dong.fee_vnd) if kind in (CHARGE, REFUND) else dong
    if kind == OTHER:
        booked = Dong(dong.net_vnd if move.currency == card_sums.VND else 0, 0)
    values: dict[str, object] = {
        "id": new_id(),
        "seller_id": where.seller_id,
        "account_id": where.account_id,
        "line_id": where.line_id,
        "payout_id": where.payout_id,
        "provider_id": move.id,
        "kind": kind,
        "gross_vnd": booked.gross_vnd,
        "fee_vnd": booked.fee_vnd,
        "worth_vnd": booked.net_vnd if kind == OTHER else dong.net_vnd,
        "at_ms": move.at_ms,
    }
    is_new = insert_new(session, CardMove, values)
    query = select(CardMove).where(
        CardMove.account_id == where.account_id, CardMove.provider_id == move.id
    )
    row = session.scalars(query.with_for_update()).one()
    row.payout_id = row.payout_id or where.payout_id
    session.flush()
    if is_new:
        _book(session, row)


def lost(session: Session, line: CardLine) -> None:
    """Book what a dispute took as lost once Stripe says it is, and back where it is not (any more)."""
    taken = select(func.coalesce(func.sum(CardMove.gross_vnd), 0)).where(
        CardMove.line_id == line.id, CardMove.kind == DISPUTE
    )
    wanted_vnd = -int(session.scalar(taken) or 0) if line.dispute_state == LOST else 0
    key = f"card-lost:{line.id}:"
    query = (
        select(func.coalesce(func.sum(LedgerLine.amount_vnd), 0), func.count())
        .join(LedgerEntry, LedgerEntry.id == LedgerLine.entry_id)
        .where(LedgerEntry.seller_id == line.seller_id, LedgerEntry.key.startswith(key))
        .where(LedgerLine.account == chart.CARD_LOST)
    )
    booked_vnd, entries = session.execute(query).one()
    vnd = wanted_vnd - int(booked_vnd)
    if not vnd:
        return
    lines = (
        Line(chart.CARD_LOST, vnd, line.payment_id),
        Line(chart.CARD_DISPUTED, -vnd, line.payment_id),
    )
    what = f"Khiếu nại thẻ thua, số giao dịch {line.reference}"
    at_ms = session.scalar(_last_ms(line)) or line.at_ms
    post(session, Entry(line.seller_id, f"{key}{entries}", what, int(at_ms), lines))


def account_of(session: Session, account_id: str) -> Where:
    """The account a move is of."""
    return Where(session.get_one(CardAccount, account_id).seller_id, account_id)


def _last_ms(line: CardLine) -> Select[int | None]:
    return select(func.max(CardMove.at_ms)).where(CardMove.line_id == line.id)


def _book(session: Session, row: CardMove) -> None:
    subject = session.get_one(CardLine, row.line_id).payment_id if row.line_id else ""
    other = chart.CARD_DISPUTED if row.kind == DISPUTE else chart.NOT_OURS
    told = (
        Line(chart.CARD_CLEARING, row.gross_vnd - row.fee_vnd),
        Line(chart.CARD_FEES, row.fee_vnd),
        Line(other, -row.gross_vnd, subject if row.kind == DISPUTE else ""),
    )
    lines = tuple(line for line in told if line.amount_vnd)
    if not lines:
        return
    what = _WHAT.get(row.kind) or (_TAKEN if row.gross_vnd < 0 else _GIVEN)
    entry = Entry(row.seller_id, f"card-move:{row.id}", what, row.at_ms, lines)
    post(session, entry)
