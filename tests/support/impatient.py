"""The product with less patience, so that tests need not wait long: for sockets that never join, and for
a server that is being replaced.
"""

import wsgi
from core import server_lock
from livestream.delivery import sockets

sockets._JOIN_WITHIN_S = 0.3
server_lock._LOCK_WAIT_S = 1.0

app = wsgi.app
