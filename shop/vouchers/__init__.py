"""Vouchers: a code that takes a sum or a percentage off an order, within limits kept in the database.

A seller gives its own; the province sponsors others for sellers that agree, and owes them what was taken
off. Doors: `offering` (made, agreed to, stopped, listed), `spending` (taken with an order, given back),
`rules` ◦ (what a code is worth), `errors`. Refuses to hold money: a discount is a smaller sum to pay.
"""
