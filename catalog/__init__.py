"""What is sold, in which pack, at what price, and how much of it is left.

Refuses to know buyers, orders, payments or live sessions: whoever keeps stock is an opaque `holder`
string, and what happens to a holder is told upward as an event. Quantities are integers in base units
(g, ml, piece). Doors: `stock`, `listings`, `products`, `search`, `browse`, `cards`, `live_now`, `pricing`,
`units`, `events`, `errors`; for what was sold and where it went `market_prices`, `trace`, `origins`, `lots`,
`combos`, `photos`. Rooms: `lots` (and runs), `growers` (members, plots), `stock`, `photos`, `imports` (files
in and out), `search`; prices are `prices` (what holds when), `pricing` ◦ (sums), `tiers` ◦ and `wholesale`,
`freshness`, `market_prices` with `market_rules` ◦.
"""
