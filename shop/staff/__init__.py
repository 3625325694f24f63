"""Orders made by a seller's people for buyers who wrote or called elsewhere.

A message is pasted and read (`paste_reader` ◦), a person looks at it, then it is an order like any other
(`staff_orders`): stock held, a payment opened, a link and words to send back. Refuses to order anything by
itself: what was read is only a form filled in.
"""
