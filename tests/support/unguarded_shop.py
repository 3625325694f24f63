"""The product with the guard of the stock row taken away: the control of the shop race.

Served by a test instead of `wsgi:app`. A race that passes here too would prove nothing.
"""

from sqlalchemy import true

import wsgi
from catalog.stock import guards

guards.enough_available = lambda quantity: true()

app = wsgi.app
