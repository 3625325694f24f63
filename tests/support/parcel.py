"""Packs a paid order, as the packing desk will: `python -m tests.support.parcel CODE` beside a server.

Prints the seller and the label of its parcel, for tests that go on from there.
"""

import sys
import time

import wsgi
from core.db import db, write
from shop import orders
from shop.shipments import shipments
from tests.factories.shop import pack

_PATIENCE_S = 20.0


def main(code: str) -> None:
    """Wait until the order is secured, pack it, say `seller label`."""
    with wsgi.app.app_context():
        deadline = time.monotonic() + _PATIENCE_S
        while orders.facts(db.session(), code).state != "secured":
            assert time.monotonic() < deadline, "the order was never paid"
            db.session.rollback()
            time.sleep(0.1)
        write(lambda session: pack(session, code))
        parcel = write(lambda session: shipments.for_order(session, code))
        sys.stdout.write(f"{parcel.seller_id} {parcel.label_code}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
