"""What is sold, in which pack, at what price, and how much of it is left.

Refuses to know buyers, orders, payments or live sessions: whoever keeps stock is an opaque `holder`
string, and what happens to a holder is told upward as an event. Quantities are integers in base units
(g, ml, piece). Doors: `stock`, `listings`, `products`, `search`, `browse`, `cards`, `live_now`, `pricing`,
`units`, `events`, `errors`.
"""
