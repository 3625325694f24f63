"""Who acts: people (a phone number and a name), sellers (the tenants), memberships, logins.

Refuses to show or change anything across sellers: unknown and forbidden both answer 404. Doors:
`people`, `sellers`, `logins`, `entrance` (for edges: it writes), `events`.
"""
