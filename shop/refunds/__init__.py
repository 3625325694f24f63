"""Money that goes back to buyers, for the pages where an order is needed: whose, why, to which account.

Refuses to judge what is owed and what was proved: `payments.refunds` does. Doors: `money_back`.
"""
