"""Receipts: numbered, chained, signed proofs that money came, which anybody can check.

Refuses to change one that was issued. Doors: `receipts`, `codec`.
"""
