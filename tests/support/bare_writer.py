"""A bare process that claims as fast as it can and prints each claim only after its commit.

`python -m tests.support.bare_writer SESSION TOKEN RUN` is one such process. Without RUN it is their mother:
for each line it reads (a RUN) it forks one, says its pid on stderr, and when it has died ends its output
with a line `-`. To be killed at any moment; what was printed must be there afterwards (promise P2).
"""

import os
import sys
from collections.abc import Generator

import wsgi
from core import clock
from core.db import db
from core.identity import logins
from livestream.desk import answers


def claims(session_id: str, token: str, run: str) -> Generator[str, None, None]:
    """Claim one pack of A1 again and again; each is named after its commit."""
    with wsgi.app.test_request_context():
        login = logins.resolve(db.session(), token)
        for index in range(100_000):
            body = {"session": session_id, "code": "A1", "qty": 1, "client_id": f"{run}-{index:06}"}
            yield str(answers.claim(login, body, clock.now_ms())["claim"])


def claim_on(session_id: str, token: str, run: str) -> None:
    """Print claims until killed."""
    for claim in claims(session_id, token, run):
        sys.stdout.write(f"{claim}\n")
        sys.stdout.flush()


def bear_writers(session_id: str, token: str) -> None:
    """Fork a writer for each line of stdin: importing the product takes longer than a writer lives."""
    _claim_once(session_id, token)
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _open_nothing_of_the_mothers()
            claim_on(session_id, token, line.strip())
            return
        sys.stderr.write(f"{pid}\n")
        sys.stderr.flush()
        os.waitpid(pid, 0)
        sys.stdout.write("\n-\n")
        sys.stdout.flush()


def _claim_once(session_id: str, token: str) -> None:
    """Have all of a first claim in memory that takes time to make, and the database closed again.

    A connection left open would keep the writers from recovering what the one before left behind.
    """
    first = claims(session_id, token, "mother")
    next(first)
    first.close()
    wsgi.app.extensions["write_engine"].dispose()
    with wsgi.app.app_context():
        db.engine.dispose()


def _open_nothing_of_the_mothers() -> None:
    """A connection is one process's: drop those that were open before the fork, without closing them."""
    wsgi.app.extensions["write_engine"].dispose(close=False)
    with wsgi.app.app_context():
        db.engine.dispose(close=False)


if __name__ == "__main__":
    (claim_on if len(sys.argv) > 3 else bear_writers)(*sys.argv[1:])
