"""Money a named person saw in the bank's app: their word counts until a feed or a statement tells of it.

For accounts nobody watches for us. The word is never changed: it is taken back by another one, with a line
against the first, so that bank and books stay even; what the bank tells later is then a line of its own.
Refuses the same money twice, and to take back what the bank told of or a receipt was given for.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.db import owned
from core.errors import NotFound
from core.ids import new_id
from core.money import check_vnd
from payments import placing
from payments.bank import attested, intake
from payments.bank.intake import Said
from payments.bank.models import Attestation, LineTelling
from payments.bank.same_line import MANUAL
from payments.bank.seen_errors import (
    SeenAlready,
    SeenConfirmed,
    SeenReceipted,
    SeenTakenBack,
    SeenUsed,
)
from payments.bank.seen_rules import BACK
from payments.desk import decisions
from payments.desk.desk_rules import WAITING_IN
from payments.errors import ReceiptStands
from payments.models import BankAccount, BankLine, MatchedPart
from payments.placing import Placed
from payments.states import Account

TAKEN_BACK = "taken_back"
"""The note of đồng whose word was taken back."""
_NOON_MS = 12 * 3_600_000
_MAY_GO_BACK = WAITING_IN | {Account.PAYMENT, Account.REFUND_DUE}


@dataclass(frozen=True)
class Witness:
    """Who speaks (`actor` of a login, and their `name`) for which seller, and why."""

    seller_id: str
    actor: str
    name: str
    reason: str


@dataclass(frozen=True)
class Sight:
    """`amount_vnd` đồng that came to an account on `day` (Vietnam's); `tail`, `memo` as the app shows."""

    account_id: str
    amount_vnd: int
    tail: str
    day: date
    memo: str = ""


def say(session: Session, witness: Witness, sight: Sight) -> str:
    """Count what `witness` saw like a line of the bank; returns the line, which may be one that is known.

    Preconditions: `tail` and `day` are as `seen_rules` gives them.

    Raises:
        NotFound: the account is not the seller's. BadAmount: the sum is nothing, or too much.
        SeenAlready: somebody told of it by hand before.
    """
    check_vnd(sight.amount_vnd, least=1)
    owned(session, BankAccount, sight.account_id, witness.seller_id)
    _lock_account(session, sight.account_id)
    if _is_told(session, sight):
        raise SeenAlready()
    word = _write(session, witness, sight.account_id)
    today = sight.day == clock.today()
    said = Said(
        road=MANUAL,
        source=word.id,
        key=word.id,
        incoming=True,
        amount_vnd=sight.amount_vnd,
        content=sight.memo,
        reference="",
        at_ms=clock.now_ms() if today else clock.midnight_ms(sight.day) + _NOON_MS,
        has_time=False,
        place=clock.now_ms(),
        tail=sight.tail,
    )
    (fate,) = intake.take_in(session, sight.account_id, [said])
    assert fate.line_id is not None, "its key is new"
    return fate.line_id


def take_back(session: Session, line_id: str, witness: Witness) -> None:
    """Let a word that nothing confirmed count no more: a line stands against it, its đồng pay for nothing.

    Raises:
        NotFound: the seller has no such line, or nobody told of it by hand.
        SeenTakenBack, SeenConfirmed, SeenUsed: it was, the bank did, somebody placed it.
        SeenReceipted: a receipt was given for it. MoneyGoesBack: a refund of it was begun.
    """
    line = owned(session, BankLine, line_id, witness.seller_id)
    _lock_account(session, line.account_id)
    line = decisions.locked(session, line.id)
    told = _told_by_hand(session, line)
    _check_loose(session, line)
    try:
        placing.place_again(session, line, [_aside(line)])
    except ReceiptStands as error:
        raise SeenReceipted() from error
    _stand_against(session, line, told, _write(session, witness, line.account_id))


def _lock_account(session: Session, account_id: str) -> None:
    """As `intake.take_in` does: one word after the other."""
    session.get_one(BankAccount, account_id, with_for_update=True, populate_existing=True)


def _is_told(session: Session, sight: Sight) -> bool:
    near = timedelta(days=1)
    days = (sight.day - near).toordinal(), (sight.day + near).toordinal()
    query = select(LineTelling.id).where(
        LineTelling.account_id == sight.account_id,
        LineTelling.road == MANUAL,
        LineTelling.amount_vnd == sight.amount_vnd,
        LineTelling.tail == sight.tail,
        LineTelling.day.between(*days),
        LineTelling.line_id.not_in(attested.taken_back_lines()),
    )
    return session.scalars(query.limit(1)).first() is not None


def _told_by_hand(session: Session, line: BankLine) -> LineTelling:
    by_hand = select(LineTelling).where(
        LineTelling.line_id == line.id, LineTelling.road == MANUAL, LineTelling.direction == "in"
    )
    found = session.scalars(by_hand).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _check_loose(session: Session, line: BankLine) -> None:
    """Refuse what is more than one person's word by now."""
    if attested.is_taken_back(session, line.id):
        raise SeenTakenBack()
    if line.id not in attested.tails(session, [line.id]):
        raise SeenConfirmed()
    stands = set(
        session.scalars(select(MatchedPart.account).where(MatchedPart.bank_line_id == line.id))
    )
    if decisions.in_force(session, line.id) or not stands <= _MAY_GO_BACK:
        raise SeenUsed()


def _aside(line: BankLine) -> Placed:
    return Placed(line.amount_vnd, None, Account.NOT_OURS, TAKEN_BACK)


def _write(session: Session, witness: Witness, account_id: str) -> Attestation:
    word = Attestation(id=new_id(), account_id=account_id, said_ms=clock.now_ms(), **vars(witness))
    session.add(word)
    session.flush()
    return word


def _stand_against(session: Session, line: BankLine, told: LineTelling, word: Attestation) -> None:
    """A line out of the same sum, at the same time: the account is as if nobody had spoken."""
    key = f"{BACK}{told.key}"
    against = BankLine(
        id=new_id(),
        seller_id=line.seller_id,
        account_id=line.account_id,
        reference=key,
        direction="out",
        amount_vnd=line.amount_vnd,
        content="",
        at_ms=line.at_ms,
        received_ms=word.said_ms,
    )
    session.add(against)
    session.flush()
    copied = {name: getattr(told, name) for name in ("tail", "day", "line_day", "at_ms", "content")}
    session.add(
        LineTelling(
            id=new_id(),
            seller_id=line.seller_id,
            account_id=line.account_id,
            line_id=against.id,
            road=MANUAL,
            source=word.id,
            key=key,
            direction="out",
            amount_vnd=line.amount_vnd,
            reference="",
            has_time=False,
            place=word.said_ms,
            told_ms=word.said_ms,
            **copied,
        )
    )
    session.flush()
    placing.place(session, against)
    placing.place_again(session, against, [_aside(against)])
