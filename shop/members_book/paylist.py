"""Who may be paid now and how much, and the list as banks take it for payments in bulk.

The layout is the one banks' forms for paying many at once share (number, name, account, bank, sum, reason);
the reason begins with the payout's code, by which the bank's line is known again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog.growers.members import MemberFacts
from core.tables.sheets import Sheet
from core.text import ascii_only
from payments.payouts import accounts, book, lists, paying
from payments.payouts.accounts import AccountFacts
from payments.payouts.errors import RunNotOpen
from payments.payouts.paying import Wanted
from shop.members_book import reading
from shop.members_book.booking import payee_of

_HEADER = ("STT", "Tên người hưởng", "Số tài khoản", "Ngân hàng", "Số tiền", "Nội dung")
_PAID_OUT = ("payout", "returned")
_REASON = "TIEN HANG XA VIEN"


@dataclass(frozen=True)
class Payable:
    """A member to whom `due_vnd` may be paid now; `account` is None where none is known."""

    member: MemberFacts
    due_vnd: int
    account: AccountFacts | None


def payable(session: Session, seller_id: str, until_ms: int | None = None) -> tuple[Payable, ...]:
    """Every member who is owed something that is not on its way; of what was written before `until_ms`.

    That is what the statement until then says, less what was paid since, and never more than is owed now.
    """
    rows = [row for row in reading.of_all(session, seller_id) if row.sums.owed_vnd > 0]
    before = _owed_before(session, seller_id, until_ms)
    promised = paying.on_their_way(session, seller_id)
    known = accounts.newest(session, seller_id, [payee_of(row.member.id) for row in rows])
    found = []
    for row in rows:
        payee = payee_of(row.member.id)
        owed_vnd = row.sums.owed_vnd
        if before is not None:
            owed_vnd = min(owed_vnd, before.get(payee, 0) - row.sums.paid_vnd)
        due_vnd = owed_vnd - promised.get(payee, 0)
        if due_vnd > 0:
            found.append(Payable(row.member, due_vnd, known.get(payee)))
    return tuple(found)


def chosen(
    session: Session, seller_id: str, member_ids: Collection[str], until_ms: int | None = None
) -> tuple[Wanted, ...]:
    """All that may be paid now to these members; others than those `payable` are left out."""
    return tuple(
        Wanted(payee_of(one.member.id), one.member.name, one.due_vnd)
        for one in payable(session, seller_id, until_ms)
        if one.member.id in member_ids
    )


def _owed_before(session: Session, seller_id: str, until_ms: int | None) -> dict[str, int] | None:
    """What each payee had been owed by then if nobody had ever been paid out; None without an end."""
    if until_ms is None:
        return None
    sums = book.sums(session, seller_id, until_ms=until_ms)
    return {
        payee: sum(vnd for kind, vnd in kinds.items() if kind not in _PAID_OUT)
        for payee, kinds in sums.items()
    }


def for_bank(session: Session, seller_id: str, run_id: str) -> Sheet:
    """The file of an agreed list: what of it waits for the bank.

    Raises:
        RunNotOpen: it is not agreed, or was cancelled. NotFound: not this seller's.
    """
    run = lists.run(session, seller_id, run_id)
    if run.state != "agreed":
        raise RunNotOpen()
    known = accounts.of_ids(session, run.account_ids)
    rows: Sequence[tuple[str | int, ...]] = [
        (
            place,
            account.holder_name,
            accounts.number_of(session, account.id),
            account.bank_name,
            one.amount_vnd,
            ascii_only(f"{one.code} {_REASON}"),
        )
        for place, one in enumerate((one for one in run.payouts if one.state == "waiting"), start=1)
        if (account := known.get(one.account_id or "")) is not None
    ]
    return Sheet(f"Chi tra dot {run.number}", _HEADER, tuple(rows))
