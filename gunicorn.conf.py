"""How the one server process runs: a gevent worker, which patches before it loads the application.

Imports nothing of ours: this file is read before the worker patches.
"""

import gc
import os
import resource
from typing import Any

# Each viewer is an open file, and systems hand out 1,024 of them unless asked for more.
_, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (most_files, most_files))

bind = f"{os.environ.get('HOST', '0.0.0.0')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "wsgi:app"
worker_class = "gevent"
workers = 1
worker_connections = 20000
control_socket_disable = True
loglevel = "error"  # its warnings name the address of whoever sent something broken
graceful_timeout = 5
# The default of 2 s also ends connections whose next request has come but was not read yet under load.
keepalive = 15


# The application's own modules are never garbage: not looked through while they load, nor ever after.
gc.disable()


def post_worker_init(worker: Any) -> None:
    """Start the writer, the outbox and the ticks in the worker, after fork."""
    gc.freeze()
    gc.enable()
    worker.app.callable.extensions["serve"]()
