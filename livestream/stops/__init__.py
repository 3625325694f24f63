"""Stops by order: an officer ends a show, and with it pins, claims and the picture, and rules on its orders.

Doors: `stops` (stop, read), `rulings` (frozen orders), `replies` (the seller's answer), `stop_news`
(who is told). Refuses officers who work for a seller concerned, and to undo anything.
"""
