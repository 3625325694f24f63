"""The ground floor: settings, the one way to write, events, people and sellers, typed errors.

Everything here is needed by at least two packages; it knows nothing of products, money, orders or
live sessions and imports none of the packages above it (the house test refuses it).

Doors: `db`, `clock`, `outbox`, `events`, `errors`, `http`, `identity.*`, `slots`, `fsck` and the pure
files `money`, `quantity`, `codes`, `states`, `strict_json`, `text`, `phone`.
"""
