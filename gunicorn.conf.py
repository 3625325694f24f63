"""How the one server process runs: a gevent worker, which patches before it loads the application.

Imports nothing of ours: this file is read before the worker patches.
"""

import os
from typing import Any

bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "wsgi:app"
worker_class = "gevent"
workers = 1
worker_connections = 20000
control_socket_disable = True
loglevel = "warning"
graceful_timeout = 5
# The default of 2 s also ends connections whose next request has come but was not read yet under load.
keepalive = 15


def post_worker_init(worker: Any) -> None:
    """Start the writer, the outbox and the ticks in the worker, after fork."""
    worker.app.callable.extensions["serve"]()
