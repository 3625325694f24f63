"""Cases: a complaint about an order, a listing or a live show, from its first word to its outcome.

A complaint goes to the seller, who has 48 hours and is told 24 hours before an officer takes over. Both
sides and officers read one thread with the pictures sent. Refuses a silent end (each outcome has a reason,
each step a row) and a seller who throws out what an officer looks at. Doors: `opening`, `handling`,
`case_facts`, `subjects` (packages above register what else can be complained about), `case_events`.
"""
