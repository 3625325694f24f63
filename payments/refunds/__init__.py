"""Refunds: money owed back to whoever paid, from the moment it is begun until the bank proves it.

Refuses to move money (the seller's own bank does), to give back more than came, and to call anything paid
back that no bank line proves. Doors: `beginning`, `buyers_account`, `sending`, `proving`, `owed`, `told`.
"""
