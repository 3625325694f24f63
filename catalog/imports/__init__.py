"""Files in and out: listings, lots and counts as CSV or Excel, looked at before they are written down.

A file is read once (`core.tables`), its columns are told by their headers (`columns`), each row becomes
what it would do or why it cannot (`plan`), and the rows that were chosen are applied all or none (`apply`).
Refuses formulas (they are text), guesses (a file whose letters cannot be told is refused), and to trust
anything shown in a preview: rows are planned again when they are applied. Household classes are never
exported. Doors: `shelf`, `plan`, `apply`, `exports`. Source: docs/adr/0013-files.md.
"""
