"""How the account that receives a seller's money changes, and how long a changed one rests.

The theft to fear is the QR: whoever holds one owner's phone must not be able to lead buyers' money away at
once. So a change needs a second owner's yes or a day's wait, and all owners hear of it at once.
Refuses: rows, clocks, and to know who is an owner.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.text import ascii_only
from payments.bank.change_errors import (
    HolderDiffers,
    NumberDiffers,
    PayoutRests,
    SecondPersonNeeded,
)
from payments.qr import vietqr
from payments.qr.emv import BadQR
from payments.qr.vietqr import VietQR

_HOUR_MS = 3_600_000
WAIT_MS = 24 * _HOUR_MS
"""How long a change waits for an owner to stop it, unless a second owner says yes before."""
REST_MS = 72 * _HOUR_MS
"""How long nothing is paid out to an account after it took another one's place."""
TWO_PERSONS_FROM_VND = 5_000_000
"""From this sum on, a payout is made by one person and released by another."""
ALONE_MS = REST_MS
"""How long what one person released alone counts together, so that no sum passes in slices."""

WAITING, IN_FORCE, CANCELLED = "waiting", "in_force", "cancelled"
_QR_START = "0002"


@dataclass(frozen=True)
class Change:
    """The wish that `account_id` receives; times in UTC ms. It ends confirmed or cancelled, not both."""

    account_id: str
    asked_ms: int
    ripe_ms: int
    confirmed_ms: int | None = None
    cancelled_ms: int | None = None


def from_ms(change: Change) -> int | None:
    """Since when the change is or will be in force (UTC ms); None where it was cancelled."""
    if change.cancelled_ms is not None:
        return None
    return change.ripe_ms if change.confirmed_ms is None else change.confirmed_ms


def state(change: Change, now_ms: int) -> str:
    """Where it stands at `now_ms`: `waiting`, `in_force` (perhaps followed by another) or `cancelled`."""
    since_ms = from_ms(change)
    if since_ms is None:
        return CANCELLED
    return IN_FORCE if since_ms <= now_ms else WAITING


def receiving(changes: Sequence[Change], now_ms: int) -> str | None:
    """The account that receives at `now_ms`: of the last change in force; None where none is.

    The order in which `changes` are given does not matter.
    """
    since = [(from_ms(one), one.asked_ms, one.account_id) for one in changes]
    in_force = [
        (at_ms, asked, id_) for at_ms, asked, id_ in since if at_ms is not None and at_ms <= now_ms
    ]
    return max(in_force)[2] if in_force else None


def check_holder(said: str, again: str) -> str:
    """The holder's name as banks write it (`NGUYEN THI HOA`), if both writings are the same name.

    Marks, case and spaces do not count.

    Raises:
        HolderDiffers: they are not the same, or nothing is left.
    """
    first, second = (" ".join(ascii_only(name).upper().split()) for name in (said, again))
    if not first or first != second:
        raise HolderDiffers()
    return first


def check_number(bank: str, number: str, again: str) -> str:
    """How the number was checked: `typed` a second time, or by the account's own `qr` (its text).

    Raises:
        NumberDiffers: it is another number, another bank's code, or a code that says no account.
    """
    bare = "".join(again.split())
    if bare == number:
        return "typed"
    if not bare.startswith(_QR_START):
        raise NumberDiffers()
    try:
        read = vietqr.read(again.strip())
    except BadQR as error:
        raise NumberDiffers() from error
    if not isinstance(read, VietQR) or (read.bin, read.account) != (bank, number):
        raise NumberDiffers()
    return "qr"


def needs_second(amount_vnd: int, alone_vnd: int) -> bool:
    """Whether `amount_vnd` đồng need another person's yes.

    `alone_vnd` is what the one who would release them released alone within `ALONE_MS`.
    """
    return alone_vnd + amount_vnd >= TWO_PERSONS_FROM_VND


def check_payout(amount_vnd: int, changed_ms: int | None, now_ms: int, persons: int) -> None:
    """Do nothing if `amount_vnd` đồng may go now to an account that took another's place at `changed_ms`.

    `changed_ms` (UTC ms) is None for one that never did; `persons` is how many different people released it.

    Raises:
        PayoutRests: the account is too new. SecondPersonNeeded: one person alone may not send so much.
    """
    if changed_ms is not None and now_ms < changed_ms + REST_MS:
        raise PayoutRests()
    if amount_vnd >= TWO_PERSONS_FROM_VND and persons < 2:
        raise SecondPersonNeeded()
