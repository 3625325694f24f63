"""The grower book: members, their plots, and which class their household is.

Refuses to tell a household's class to anybody but those who keep the book (`catalog.access.KEEPERS`):
no public page, API or file reads it, and a test walks all of them. Doors: `members`, `plots`, `areas`.
"""
