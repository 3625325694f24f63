"""Lots: where goods come from, what may be sold of them, and what they were made into.

Refuses to change a quantity itself: `catalog.stock` does, in the same transaction.
"""
