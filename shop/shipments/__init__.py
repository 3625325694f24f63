"""Shipments: what travels together under one label, from the packing table to the buyer's hand.

A label belongs to one seller and means orders of one buyer to one address. It refuses to decide what an
order may do (`shop.ordering.fulfilment`) and to keep goods or money: it knows which parcel is which, who
gave it to whom, and when.

Doors: `shipments` (for_order, facts, by_label), `joining` (join, leave), `handing` (hand_over, give, refuse),
`steps` (what a page tells), `board` (what waits and what is out), `labels` ◦.
"""
