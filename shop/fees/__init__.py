"""What the platform takes of an order: dated rules, frozen when it is secured, given back with the goods.

Doors: `ruling` (an operator keeps rules), `freezing` (fixed and reversed), `fee_facts` (read), `invoicing`
(the monthly invoice). Refuses to hold or deduct money: a seller pays an invoice to the platform's account.
"""
