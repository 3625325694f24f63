"""The money desk: what waits for a person, who may see a seller's money, and what its front page shows.

Refuses to guess for a person and to forget what one decided. Doors: `cards`, `rights`, `front`.
"""
