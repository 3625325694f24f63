"""The seller's books: every đồng twice, once where it is and once why, in entries nobody can change.

An accountant signs what stands here, so it is append-only (the database refuses UPDATE and DELETE), each
entry sums to zero, has a key made from its fact, and is chained by hash to the one before it. Refuses
to know orders: a line's `subject` is a payment, a bank line or a payee, opaque here. Doors: `posting`
(post, reverse, balances, digest), `booking` (what bank lines, cash and placed parts book), `chart`.
"""
