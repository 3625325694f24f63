"""Card payments through a seller's own account at Stripe: asked for, charged, given back.

Refuses to see a card number (the buyer types it on Stripe's page), to hold money (it goes to the seller's
own account there), to believe a browser that came back, and to ask the network inside of a transaction.
Doors: `attempts`, `asking`, `card_accounts`, `card_facts`, `refunding`, `card_events`, `card_errors`.
"""
