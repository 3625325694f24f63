"""Passwords: argon2id, off the event loop, the same work whether or not the number is known.

Parameters: OWASP's password storage cheat sheet (19 MiB, two passes, one lane), some 30 ms on a small
machine. Refuses to run inside a write: the one writer must not wait for a hash.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import monkey
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


def person_with(session: Session, phone: str, password: str) -> str:
    """The id of the person whose number (E.164) and password these are; only reads.

    Raises:
        WrongLogin: they are nobody's.
    """
    query = select(Person.id, Person.password_hash).where(Person.phone == phone)
    found = session.execute(query).one_or_none()
    kept = found.password_hash if found else None
    if not _off_the_loop(_matches, kept or NOBODYS_HASH, password) or found is None:
        raise WrongLogin()
    return str(found.id)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _off_the_loop(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Do `work` in the hub's thread pool when this process is a gevent server, else right here."""
    if not monkey.is_module_patched("threading"):
        return work(*args, **kwargs)
    answer: T = gevent.get_hub().threadpool.apply(work, args, kwargs)
    return answer
