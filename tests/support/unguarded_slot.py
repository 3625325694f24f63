"""The product with the guard of slots taken away: the control of the slot race.

Served by a test instead of `wsgi:app`. Only the table's own CHECK is left.
"""

from sqlalchemy import true

import wsgi
from shop.delivery import slots

slots.has_place = true

app = wsgi.app
