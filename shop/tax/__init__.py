"""What a household owes the state of what it sold here: computed per order, shown, exported.

Doors: `rating` (an operator keeps dated rates), `modes` (a seller chooses), `entering` (per order),
`tax_facts` (read). Refuses to deduct: the platform never holds the money, and the household declares itself.
"""
