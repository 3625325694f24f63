"""Selling live: sessions, pins, claims and the waiting list, the comment reader, the event log, the room.

Refuses to know payments (it hears `OrderSecured` and `OrderLapsed` from the shop), to touch stock other
than through `catalog.stock`, and to show phones or money to anybody but the seller concerned.

Doors: none is needed from below. Inside, edges call `answers` (what a buyer's write answers), `sessions`,
`pins`, `access`, `view` and `log`; these call `desk`, `waitlist`, `checkout` and `claims`; the pure rules
stand in `states`, `snapshot` and `claim_reader`.
"""
