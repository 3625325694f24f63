"""What came on top of a payment, and what its buyer wants of it: back, on another payment, as credit.

Refuses to move money that is on its way back, and to guess. Doors: `moving`, `credits`, `choices`.
"""
