"""Hands a paid order over, as the packer will: `python -m tests.support.hand_over CODE` beside a server.

Prints the seller and the lot it was served from, for tests that go on from there.
"""

import sys
import time

import wsgi
from catalog import stock
from core.db import db, write
from shop import orders

_PATIENCE_S = 20.0


def main(code: str) -> None:
    """Wait until the order is secured, ship it, say `seller lot`."""
    holder = orders.reference_of(code)
    with wsgi.app.app_context():
        deadline = time.monotonic() + _PATIENCE_S
        while orders.facts(db.session(), code).state != "secured":
            assert time.monotonic() < deadline, "the order was never paid"
            db.session.rollback()
            time.sleep(0.1)
        write(lambda session: stock.ship_holder(session, holder, "p:packer"))
        seller = orders.facts(db.session(), code).seller_id
        sys.stdout.write(f"{seller} {stock.bound_to(db.session(), holder)[0].lot_id}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
