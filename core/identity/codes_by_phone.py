"""One-time codes that prove a phone number: six digits, five minutes, five tries, five an hour.

Kept as a keyed hash, so that a stolen database does not tell a code that still works. A try is spent in a
commit of its own before it is judged: a wrong guess cannot be undone together with the error it raises.
Refuses to send anything (`core.messages` does) and to say whether a number is known.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import clock
from core.db import changed
from core.errors import N_, DomainError, TooFast
from core.identity.models import OneTimeCode
from core.ids import new_id

_LIFE_MS = 5 * 60_000
_TRIES = 5
_HOUR_MS = 60 * 60_000
_AN_HOUR = 5


class WrongCode(DomainError):
    """The code is wrong, used, too old or guessed at too often: all look the same."""

    code = "wrong_code"
    status = 401
    message = N_("Mã chưa đúng hoặc đã hết hạn. Bạn xem lại tin nhắn hoặc xin mã mới nhé.")


@dataclass(frozen=True)
class Guess:
    """A try that has been spent on one stored code, still to be judged."""

    code_id: str
    phone: str
    code_hash: str


def make(session: Session, secret_key: str, phone: str) -> str:
    """Store a new code for `phone` (E.164) and return its six digits; older codes stop working.

    Raises:
        TooFast: five were made for this number within the hour.
    """
    now = clock.now_ms()
    session.execute(delete(OneTimeCode).where(OneTimeCode.created_ms <= now - _HOUR_MS))
    query = select(OneTimeCode.created_ms).where(OneTimeCode.phone == phone)
    made = session.scalars(query.order_by(OneTimeCode.created_ms)).all()
    if len(made) >= _AN_HOUR:
        raise TooFast(retry_after_ms=made[0] + _HOUR_MS - now)
    session.execute(update(OneTimeCode).where(OneTimeCode.phone == phone).values(expires_ms=now))
    code = f"{secrets.randbelow(10**6):06d}"
    session.add(
        OneTimeCode(
            id=new_id(),
            phone=phone,
            code_hash=_hash(secret_key, phone, code),
            expires_ms=now + _LIFE_MS,
            created_ms=now,
        )
    )
    return code


def spend_try(session: Session, phone: str) -> Guess:
    """Spend one try of the code that works for `phone` now; commit before judging it.

    Raises:
        WrongCode: no code of this number works (any more).
    """
    query = select(OneTimeCode).where(
        OneTimeCode.phone == phone,
        OneTimeCode.used_ms.is_(None),
        OneTimeCode.expires_ms > clock.now_ms(),
    )
    row = session.scalars(query.order_by(OneTimeCode.created_ms.desc()).limit(1)).one_or_none()
    if row is None:
        raise WrongCode()
    spent = update(OneTimeCode).where(OneTimeCode.id == row.id, OneTimeCode.tries < _TRIES)
    if not changed(session, spent.values(tries=OneTimeCode.tries + 1)):
        raise WrongCode()
    return Guess(row.id, phone, row.code_hash)


def judge(guess: Guess, secret_key: str, code: str) -> None:
    """Compare what was typed with what was sent.

    Raises:
        WrongCode: they differ.
    """
    if not hmac.compare_digest(guess.code_hash, _hash(secret_key, guess.phone, code)):
        raise WrongCode()


def use(session: Session, guess: Guess) -> None:
    """Use the code up, in the transaction of what it allows.

    Raises:
        WrongCode: somebody was faster.
    """
    unused = update(OneTimeCode).where(
        OneTimeCode.id == guess.code_id, OneTimeCode.used_ms.is_(None)
    )
    if not changed(session, unused.values(used_ms=clock.now_ms())):
        raise WrongCode()


def _hash(secret_key: str, phone: str, code: str) -> str:
    text = f"one-time-code\n{phone}\n{code}"
    return hmac.new(secret_key.encode(), text.encode(), hashlib.sha256).hexdigest()
