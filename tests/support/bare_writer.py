"""A bare process that claims as fast as it can and prints each claim only after its commit.

Run as `python -m tests.support.bare_writer SESSION TOKEN`; killed by the test at any moment. What it
printed must be there afterwards (promise P2).
"""

import sys

import wsgi
from core import clock
from core.db import db
from core.identity import logins
from livestream import answers


def main(session_id: str, token: str, run: str) -> None:
    """Claim one pack of A1 again and again."""
    with wsgi.app.test_request_context():
        login = logins.resolve(db.session(), token)
        for index in range(100_000):
            body = {"session": session_id, "code": "A1", "qty": 1, "client_id": f"{run}-{index:06}"}
            answer = answers.claim(login, body, clock.now_ms())
            sys.stdout.write(f"{answer['claim']}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
