"""What `flask fsck` proves about money (promises P4, P7, P10)."""

from collections.abc import Iterable

from sqlalchemy import exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from core import vault
from core.fsck import check, wrong_rows
from payments.bank.models import LineTelling
from payments.cards.models import CardLine
from payments.models import (
    BankLine,
    CashLine,
    FeedConnection,
    MatchedPart,
    Payment,
    Receipt,
)
from payments.receipts import chain
from payments.states import PAID

_WITH_RECEIPT = frozenset({"settled", "part_refunded", "refunded"})


@check("payments.every_dong_has_a_place")
def lines_equal_their_parts(session: Session) -> Iterable[str]:
    """The parts of each bank line sum to its amount."""
    placed = func.coalesce(func.sum(MatchedPart.amount_vnd), 0)
    query = (
        select(BankLine.id, BankLine.amount_vnd, placed)
        .outerjoin(MatchedPart, MatchedPart.bank_line_id == BankLine.id)
        .group_by(BankLine.id, BankLine.amount_vnd)
        .having(placed != BankLine.amount_vnd)
    )
    for line_id, amount_vnd, placed_vnd in session.execute(query):
        yield f"bank line {line_id}: {placed_vnd} of {amount_vnd} đồng have a place"


@check("payments.cash_has_a_place")
def cash_equals_its_parts(session: Session) -> Iterable[str]:
    """The parts of attested cash sum to its amount, and stand with the payment it was taken for."""
    return lines_out_of_place(session, CashLine, MatchedPart.cash_line_id, "cash")


@check("payments.paid_is_the_sum_of_its_parts")
def paid_equals_parts(session: Session) -> Iterable[str]:
    """What a payment says was paid is what its parts sum to."""
    counted = func.coalesce(
        func.sum(MatchedPart.amount_vnd).filter(MatchedPart.account.in_(PAID)), 0
    )
    query = (
        select(Payment.code, Payment.paid_vnd, counted)
        .outerjoin(MatchedPart, MatchedPart.payment_id == Payment.id)
        .group_by(Payment.id, Payment.code, Payment.paid_vnd)
        .having(counted != Payment.paid_vnd)
    )
    for code, paid_vnd, counted_vnd in session.execute(query):
        yield f"payment {code}: says {paid_vnd} đồng, its parts {counted_vnd}"


@check("payments.settled_means_paid_and_receipted")
def settled_has_receipt(session: Session) -> Iterable[str]:
    """A payment has a receipt exactly if its whole sum came."""
    query = select(
        Payment.code, Payment.state, Payment.paid_vnd == Payment.amount_vnd, Receipt.id
    ).outerjoin(Receipt, Receipt.payment_id == Payment.id)
    for code, state, is_filled, receipt_id in session.execute(query):
        if len({state in _WITH_RECEIPT, bool(is_filled), receipt_id is not None}) != 1:
            yield f"payment {code}: {state}, filled {bool(is_filled)}, receipt {receipt_id}"


@check("payments.receipts_are_whole")
def receipt_chains(session: Session) -> Iterable[str]:
    """Receipts are numbered without gaps, chained, signed by our keys and true to their facts."""
    for found in chain.all_chains(session):
        yield from found.problems


@check("payments.tellings_are_of_their_lines")
def tellings_fit_lines(session: Session) -> Iterable[str]:
    """Each telling is of a line of its account, sum and direction; each line was told by a road at least."""
    of_line = LineTelling.line_id == BankLine.id
    query = select(LineTelling, BankLine).outerjoin(BankLine, of_line)
    for telling, line in session.execute(query):
        told = (telling.account_id, telling.direction, telling.amount_vnd)
        if line is None or told != (line.account_id, line.direction, line.amount_vnd):
            yield f"telling {telling.id}: its line {telling.line_id} says otherwise"
    for line_id in session.scalars(select(BankLine.id).where(~exists().where(of_line))):
        yield f"bank line {line_id}: no road told of it"
    twice = select(LineTelling.line_id, LineTelling.road).group_by(
        LineTelling.line_id, LineTelling.road
    )
    for told_of, road in session.execute(twice.having(func.count() > 1)):
        yield f"bank line {told_of}: {road} tells of it twice"


_VOIDS = """
SELECT v.receipt_id, v.seller_id, v.number FROM receipt_voids v
JOIN receipts r ON r.id = v.receipt_id
WHERE v.seller_id <> r.seller_id OR v.number <> r.number OR v.at_ms < r.issued_ms
    OR v.reason = '' OR v.actor = ''
"""


@check("payments.voids_name_their_receipts")
def voids_fit(session: Session) -> Iterable[str]:
    """A void names the receipt it stands with, who declared it and why, and came after it was issued."""
    return wrong_rows(session, _VOIDS)


@check("payments.feeds_can_be_verified")
def feeds_unseal(session: Session) -> Iterable[str]:
    """Each feed's secret opens with this installation's key; if not, its notices cannot be believed."""
    for feed in session.scalars(select(FeedConnection)):
        sealed = [feed.secret, feed.old_secret]
        if not all(vault.can_unseal(secret) for secret in sealed if secret):
            yield f"feed {feed.id}: its secret was sealed with another SECRET_KEY"


def lines_out_of_place(
    session: Session,
    line: type[CashLine] | type[CardLine],
    line_of_part: InstrumentedAttribute[str | None],
    noun: str,
) -> Iterable[str]:
    """Name each line whose parts with the payment it came for do not sum to its amount.

    `line_of_part` is where a part names its line; `noun` what such a line is called.
    """
    placed = func.coalesce(
        func.sum(MatchedPart.amount_vnd).filter(MatchedPart.payment_id == line.payment_id), 0
    )
    query = (
        select(line.id, line.amount_vnd, placed)
        .outerjoin(MatchedPart, line_of_part == line.id)
        .group_by(line.id, line.amount_vnd)
        .having(placed != line.amount_vnd)
    )
    for line_id, amount_vnd, placed_vnd in session.execute(query):
        yield f"{noun} {line_id}: {placed_vnd} of {amount_vnd} đồng have a place"
