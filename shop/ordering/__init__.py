"""Orders from asked to ended: priced, placed, secured, cut, dropped, one function per transition.

`shop.orders` is its door. It refuses shortcuts: nothing else writes an order's tables.
"""
