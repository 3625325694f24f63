"""The bank's lines as the desk shows them: those that wait, oldest first, one with all that was decided.

Refuses to change anything; `decisions` does.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.db import owned
from payments.bank import accounts
from payments.bank.accounts import AccountFacts
from payments.desk import decisions, leftover, seen_list
from payments.desk.desk_rules import WAITING_IN, WAITING_OUT, Share
from payments.desk.models import LineDecision, LineShare
from payments.desk.seen_list import Seen
from payments.models import BankLine, MatchedPart, Payment
from payments.states import OVERPAID, Account

MOST = 100


@dataclass(frozen=True)
class WaitingLine:
    """`amount_vnd` đồng of a line of `whole_vnd` wait as `account`, since `heard_ms`; `note` says why.

    `code` is the payment's whose surplus or duplicate it is, "" where none is known.
    """

    line_id: str
    account: str
    note: str
    amount_vnd: int
    whole_vnd: int
    content: str
    at_ms: int
    heard_ms: int
    code: str


@dataclass(frozen=True)
class Waits:
    """The first hundred that wait, the oldest first; how many there are in all, and their sum in đồng."""

    lines: tuple[WaitingLine, ...]
    number: int
    sum_vnd: int


@dataclass(frozen=True)
class Stand:
    """`amount_vnd` đồng stand in `account`, with the payment `code` ("" for none); `note` says why."""

    account: str
    amount_vnd: int
    code: str
    payment_id: str | None
    note: str = ""


@dataclass(frozen=True)
class Decided:
    """What somebody decided: `kind` `place` or `back`, who (`actor`), when, why, and where it went."""

    number: int
    kind: str
    actor: str
    at_ms: int
    reason: str
    shares: tuple[Stand, ...]


@dataclass(frozen=True)
class LineFacts:
    """One line with where its đồng stand and all that was decided, the newest last.

    `left_vnd` of it may be placed now, beside what is `kept` where it stands; `decided`: a person's placing
    is in force. `seen`: who told of it by hand, if somebody did.
    """

    id: str
    direction: str
    amount_vnd: int
    content: str
    reference: str
    at_ms: int
    heard_ms: int
    account: AccountFacts
    stands: tuple[Stand, ...]
    history: tuple[Decided, ...]
    left_vnd: int
    kept: tuple[Share, ...]
    seen: Seen | None = None

    @property
    def decided(self) -> bool:
        """Whether the last decision placed it."""
        return bool(self.history) and self.history[-1].kind == decisions.PLACE

    @property
    def on_top_of(self) -> str:
        """The code of the payment whose surplus or duplicate some of it is, "" for none."""
        codes = [one.code for one in self.stands if one.account in OVERPAID]
        return codes[0] if codes else ""

    @property
    def refund_rest(self) -> bool:
        """Whether some of an outgoing line was a refund and the rest waits, for the page of refunds."""
        return {one.account for one in self.stands} == {Account.REFUNDED, Account.OUTGOING}

    @property
    def waits(self) -> bool:
        """Whether a person may place some of it."""
        return self.left_vnd > 0


def waiting(session: Session, seller_id: str, *, outgoing: bool = False) -> Waits:
    """The seller's lines that wait for a person: incoming ones, or those that went out unexplained.

    Only what may be placed now: what goes back to a buyer already is not in the sums (`leftover`).
    """
    wanted = WAITING_OUT if outgoing else WAITING_IN
    of_seller = (MatchedPart.seller_id == seller_id, MatchedPart.account.in_([*wanted]))
    held = {} if outgoing else leftover.held(session, seller_id)
    query = (
        select(MatchedPart, BankLine, Payment.code)
        .join(BankLine, BankLine.id == MatchedPart.bank_line_id)
        .outerjoin(Payment, Payment.id == MatchedPart.payment_id)
        .where(*of_seller)
        .order_by(MatchedPart.at_ms, MatchedPart.id)
        .limit(MOST + len(held))
    )
    found = (_waiting(*row, held.get(row[0].id, 0)) for row in session.execute(query))
    shown = tuple(one for one in found if one.amount_vnd)[:MOST]
    return Waits(shown, *_all_waiting(session, of_seller, held))


def _all_waiting(
    session: Session, of_seller: Collection[ColumnElement[bool]], held: Mapping[str, int]
) -> tuple[int, int]:
    """How many wait in all and their sum, without what is held of them."""
    total = select(func.count(), func.coalesce(func.sum(MatchedPart.amount_vnd), 0))
    bank = MatchedPart.bank_line_id.is_not(None)
    number, sum_vnd = session.execute(total.where(*of_seller, bank)).one()
    wholes = select(MatchedPart.id, MatchedPart.amount_vnd).where(MatchedPart.id.in_(held))
    gone = [id_ for id_, amount_vnd in session.execute(wholes) if held[id_] == amount_vnd]
    return number - len(gone), int(sum_vnd) - sum(held.values())


def lately(session: Session, seller_id: str) -> tuple[LineFacts, ...]:
    """The lines about which people decided, the latest decision first; some thirty."""
    query = (
        select(LineDecision.bank_line_id)
        .where(LineDecision.seller_id == seller_id)
        .group_by(LineDecision.bank_line_id)
        .order_by(func.max(LineDecision.at_ms).desc())
        .limit(30)
    )
    return _facts(session, session.scalars(query).all())


def facts(session: Session, seller_id: str, line_id: str) -> LineFacts:
    """One line of the seller. Raises NotFound where there is none, or it is another's."""
    (found,) = _facts(session, [owned(session, BankLine, line_id, seller_id).id])
    return found


def _waiting(part: MatchedPart, line: BankLine, code: str | None, held_vnd: int) -> WaitingLine:
    return WaitingLine(
        line.id,
        part.account,
        part.note,
        part.amount_vnd - held_vnd,
        line.amount_vnd,
        line.content,
        line.at_ms,
        part.at_ms,
        code or "",
    )


def _facts(session: Session, ids: Collection[str]) -> tuple[LineFacts, ...]:
    rows = {row.id: row for row in session.scalars(select(BankLine).where(BankLine.id.in_(ids)))}
    stands, history = _stands(session, ids), _history(session, ids)
    sellers = {row.seller_id for row in rows.values()}
    left = {id_: one for of in sellers for id_, one in leftover.of_lines(session, of, ids).items()}
    by_hand = seen_list.of_lines(session, ids)
    known = {one: accounts.facts(session, one) for one in {row.account_id for row in rows.values()}}
    return tuple(
        LineFacts(
            row.id,
            row.direction,
            row.amount_vnd,
            row.content,
            row.reference,
            row.at_ms,
            row.received_ms,
            known[row.account_id],
            tuple(stands.get(row.id, ())),
            tuple(history.get(row.id, ())),
            left[row.id].left_vnd,
            left[row.id].kept,
            by_hand.get(row.id),
        )
        for row in (rows[one] for one in ids if one in rows)
    )


def _stands(session: Session, ids: Collection[str]) -> dict[str, list[Stand]]:
    query = (
        select(MatchedPart, Payment.code)
        .outerjoin(Payment, Payment.id == MatchedPart.payment_id)
        .where(MatchedPart.bank_line_id.in_(ids))
        .order_by(MatchedPart.amount_vnd.desc(), MatchedPart.id)
    )
    return _by_key(
        (
            part.bank_line_id or "",
            Stand(part.account, part.amount_vnd, code or "", part.payment_id, part.note),
        )
        for part, code in session.execute(query)
    )


def _history(session: Session, ids: Collection[str]) -> dict[str, list[Decided]]:
    rows = session.scalars(
        select(LineDecision)
        .where(LineDecision.bank_line_id.in_(ids))
        .order_by(LineDecision.bank_line_id, LineDecision.number)
    ).all()
    query = (
        select(LineShare, Payment.code)
        .outerjoin(Payment, Payment.id == LineShare.payment_id)
        .where(LineShare.decision_id.in_([row.id for row in rows]))
        .order_by(LineShare.amount_vnd.desc(), LineShare.id)
    )
    shares = _by_key(
        (one.decision_id, Stand(one.account, one.amount_vnd, code or "", one.payment_id))
        for one, code in session.execute(query)
    )
    found: dict[str, list[Decided]] = {}
    for row in rows:
        said = tuple(shares.get(row.id, ()))
        decided = Decided(row.number, row.kind, row.actor, row.at_ms, row.reason, said)
        found.setdefault(row.bank_line_id, []).append(decided)
    return found


def _by_key(rows: Iterable[tuple[str, Stand]]) -> dict[str, list[Stand]]:
    found: dict[str, list[Stand]] = {}
    for key, stand in rows:
        found.setdefault(key, []).append(stand)
    return found
