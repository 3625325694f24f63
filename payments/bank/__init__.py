"""Sellers' bank accounts, the feeds that tell what a bank saw, and which payment a bank line means.

Refuses to believe what is not signed and to lose what it cannot use. Doors: `accounts`, `intake`
(by which all lines come in, whoever tells of them), `remitted`.
"""
