"""The product with the guard of vouchers taken away: the control of the voucher race.

Served by a test instead of `wsgi:app`. Only the table's own CHECK is left.
"""

from sqlalchemy import true

import wsgi
from shop.vouchers import spending

spending._room_for = lambda amount_vnd: (true(),)

app = wsgi.app
