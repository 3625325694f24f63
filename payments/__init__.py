"""Money: what was asked for, what the bank said of it, and the signed proof that it came.

Speaks of payments and opaque references, never of orders. Refuses to hold money (the QR pays the
seller's own account), to believe anything but a feed's signed notice, and to lose a đồng: what
matches no payment stands in a named suspense account. Doors: `payments`, `came_in`, `cash`,
`events`, `errors`, and those of the rooms `qr`, `bank`, `ledger`,
`receipts` and `desk`.
"""
