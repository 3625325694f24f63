"""The ground floor: settings, the one way to write, events, people and sellers, typed errors.

Everything here is needed by at least two packages; it knows nothing of products, money, orders or
live sessions and imports none of the packages above it (the house test refuses it).

Doors: `db`, `client_ids`, `clock`, `ids`, `outbox`, `events`, `errors`, `http.*`, `identity.*`, `slots`,
`desk_tabs`, `ticks`, `rate`, `commands`, `config`, `fsck` and the pure files
`money`, `quantity`, `codes`, `states`, `strict_json`, `text`, `phone`.
"""
