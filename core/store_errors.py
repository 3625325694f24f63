"""What a driver's error means: try again, come back soon, nothing can be kept now, or a fault of ours.

Refuses to guess: an error that is none of these stays what it is and is logged with its traceback.
"""

from sqlalchemy.exc import DBAPIError

from core.errors import Busy, ReadOnly

_RETRY_SQLSTATES = {"40001", "40P01"}
_FULL_DISK_WORDS = ("disk is full", "readonly database", "disk i/o error", "no space left")


class BatchUndone(Exception):
    """SQLite rolled back the transaction all writes of a batch share: nobody in it was served."""


class TryAgain(Exception):
    """Another process wrote in between what this write wanted to: run again, it will see that."""


def may_retry(error: DBAPIError | TryAgain) -> bool:
    """Whether the same write may go through at once: it lost a deadlock or another race."""
    if isinstance(error, TryAgain):
        return True
    return getattr(error.orig, "sqlstate", None) in _RETRY_SQLSTATES


def is_full_disk(error: BaseException | None) -> bool:
    """Whether a full disk is behind `error`, also where undoing the write failed after it."""
    while error is not None:
        if isinstance(error, DBAPIError):
            words = str(error.orig).lower()
            if any(part in words for part in _FULL_DISK_WORDS):
                return True
        error = error.__cause__ or error.__context__
    return False


def as_domain_error(error: Exception) -> Exception:
    """The driver's error as one a person can act on, or itself when it is a fault of ours."""
    if not isinstance(error, DBAPIError | BatchUndone | TryAgain):
        return error
    if is_full_disk(error):
        return ReadOnly()
    if not isinstance(error, DBAPIError) or _is_passing(error):
        return Busy(retry_after_ms=1000)
    return error


def _is_passing(error: DBAPIError) -> bool:
    return (
        may_retry(error) or "database is locked" in str(error.orig) or error.connection_invalidated
    )
