"""The product with the fast road of claims closed: every event goes through Flask-SocketIO's own handlers.

Served by a test instead of `wsgi:app`, to show that the two roads answer alike.
"""

import wsgi
from livestream.desk.fast_road import FastRoad

FastRoad.take = lambda _road, _eio_sid, _event: False  # type: ignore[method-assign]

app = wsgi.app
