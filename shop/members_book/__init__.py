"""The members' book: what of every sale and every weighed-in kilo is whose, in the cooperative's own rules.

It knows orders, lots and money that came; what it works out is booked in `payments.payouts` for opaque
payees. Refuses to edit what was booked (differences are written) and to share money that has not come.
Doors: `booking`, `terms`, `reading`, `shares` (pure). Source: docs/algorithms/members_book.md, ADR 0041.
"""
