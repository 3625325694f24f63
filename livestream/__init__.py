"""Selling live: sessions, pins, claims and the waiting list, the comment reader, the event log, the room.

Refuses to know payments (it hears `OrderSecured` and `OrderLapsed` from the shop), to touch stock other
than through `catalog.stock`, and to show phones or money to anybody but the seller concerned.

Doors: none is needed from below. Inside, edges call the rooms: `desk` (claims become packs), `reader`
(what buyers write), `pins`, `shows` (sessions, before and after), `talk`, `outside` (other channels),
`together` (several sellers), `room` (what a viewer sees), `delivery` (sockets, who hears what when),
`figures` (the sale day's report).
"""
