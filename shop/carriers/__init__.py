"""Parcels in carriers' hands: booked there, followed, and what the carrier says done to our orders.

A carrier's notice is unsigned, so it is a hint and nothing more: the state is asked for at the carrier with
the seller's own token before anything moves, and it only ever moves forwards. Carriers that speak to no
program hand over tables instead, under the same rules. Refuses to talk to anybody inside a write, and to
touch money: what a carrier collected is settled by its list (`shop.cash.remittances`).

Doors: `booking` (book, cancel), `tracking` (hint, ask_due, told), `connections`, `parcels` (what pages tell),
`by_hand` (a carrier's table), `adapters` (the carriers this market speaks to).
"""
