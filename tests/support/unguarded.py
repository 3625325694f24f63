"""The product with the guard of live claims taken away: the control of the claim race.

Served by a test instead of `wsgi:app`. A race that passes here too would prove nothing.
"""

import pysqlite3.dbapi2 as sqlite
from sqlalchemy import ColumnElement, event, text, true

import wsgi
from catalog.stock import guards

guards.enough_granted = lambda quantity: _anything()  # type: ignore[assignment]


def _anything() -> ColumnElement[bool]:
    return true()


app = wsgi.app
engine = app.extensions["write_engine"]

if engine.dialect.name == "sqlite":

    @event.listens_for(engine, "connect")
    def ignore_checks(connection: sqlite.Connection, _entry: object) -> None:
        connection.execute("PRAGMA ignore_check_constraints=ON")

    engine.dispose()  # connections made before this must not be used

else:
    with engine.begin() as connection:
        connection.execute(
            text("ALTER TABLE allotments DROP CONSTRAINT IF EXISTS ck_allotments_used")
        )
