"""A process that is killed at one of its commits: a copy of this one, which never comes back from there."""

import os
import signal
from collections.abc import Callable
from functools import partial

from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.db import db

MOST_COMMITS = 40


def killed_at(app: Flask, moment: str, number: int, work: Callable[[], None]) -> bool:
    """Do `work` in another process, killed at its `number`-th commit; returns whether it came that far.

    `moment` is `before_commit`, when all is written and nothing lasts, or `after_commit`.
    """
    _let_go(app, close=True)
    child = os.fork()
    if child == 0:
        _live_until(app, moment, number, work)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


def _live_until(app: Flask, moment: str, number: int, work: Callable[[], None]) -> None:
    """The child's whole life; it leaves without the parent's `finally`s."""
    code = 1
    try:
        _let_go(app, close=False)
        event.listen(Session, moment, partial(_count, [0], number))
        work()
        code = 0
    finally:
        os._exit(code)


def _count(done: list[int], number: int, session: Session) -> None:
    """Savepoints end too, but nothing lasts by them."""
    if session.in_nested_transaction():
        return
    done[0] += 1
    if done[0] == number:
        os.kill(os.getpid(), signal.SIGKILL)


def _let_go(app: Flask, *, close: bool) -> None:
    """Connections are not shared with a copy of the process: the parent closes its own before."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose(close=close)
    app.extensions["write_engine"].dispose(close=close)
