"""The product with a shorter patience for sockets that never join, so that tests need not wait long."""

import wsgi
from livestream.delivery import sockets

sockets._JOIN_WITHIN_S = 0.3

app = wsgi.app
