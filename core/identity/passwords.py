"""Passwords: argon2id, off the event loop, the same work whether or not the number is known.

Parameters: OWASP's password storage cheat sheet (19 MiB, two passes, one lane), some 30 ms on a small
machine. One hash at a time: many at once would take every core and hundreds of megabytes from those who
buy. Refuses to run inside a write or beside an open read: neither the one writer nor a connection must
wait for a hash.
"""

from dataclasses import dataclass, field

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import N_, DomainError
from core.identity.models import Person
from core.off_loop import Lane

_LANE = Lane()
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
    return _LANE.run(_HASHER.hash, password)


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
    matches = _LANE.run(_matches, kept.password_hash or NOBODYS_HASH, password)
    if not matches or kept.person_id is None:
        raise WrongLogin()
    return kept.person_id


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
