"""Passwords: argon2id, off the event loop, the same work whether or not the number is known.

Parameters: OWASP's password storage cheat sheet (19 MiB, two passes, one lane), some 30 ms on a small
machine. One hash at a time: many at once would take every core and hundreds of megabytes from those who
buy. Refuses to run inside a write or beside an open read: neither the one writer nor a connection must
wait for a hash.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import monkey
from gevent.threadpool import ThreadPool
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import N_, DomainError
from core.identity.models import Person

P = ParamSpec("P")
T = TypeVar("T")

_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$qPHIMvGi9epSGeqRQbSNVg$b3w1AtsZvIS1uO69QKZCsi+qNF2mNSc30B+C1eR90ZY"
)
"""The hash of a random text nobody kept: what an unknown number is compared with."""


class WrongLogin(DomainError):
    """The number is unknown, has no password, or the password is another: all look the same."""

    code = "wrong_login"
    status = 401
    message = N_("Số điện thoại hoặc mật khẩu chưa đúng. Bạn thử lại, hoặc đăng nhập bằng mã nhé.")


def hashed(password: str) -> str:
    """The form in which `password` is stored."""
    return _off_the_loop(_HASHER.hash, password)


@dataclass(frozen=True)
class Kept:
    """Whose number it is and what is kept of their password; both None for a stranger."""

    person_id: str | None
    password_hash: str | None = field(repr=False)


def kept_for(session: Session, phone: str) -> Kept:
    """What is kept for a number (E.164), known or not."""
    query = select(Person.id, Person.password_hash).where(Person.phone == phone)
    found = session.execute(query).one_or_none()
    return Kept(found.id, found.password_hash) if found else Kept(None, None)


def person_with(kept: Kept, password: str) -> str:
    """The id of the person whose password this is; it is worked on as long for a stranger.

    Raises:
        WrongLogin: it is nobody's.
    """
    matches = _off_the_loop(_matches, kept.password_hash or NOBODYS_HASH, password)
    if not matches or kept.person_id is None:
        raise WrongLogin()
    return kept.person_id


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _off_the_loop(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` in a thread of its own when this process is a gevent server, else right here."""
    if not monkey.is_module_patched("threading"):
        return work(*args, **kwargs)
    answer: T = _one_thread().apply(work, args, kwargs)
    return answer


@cache
def _one_thread() -> ThreadPool:
    """Made at first use: after the server has forked."""
    return ThreadPool(1)
