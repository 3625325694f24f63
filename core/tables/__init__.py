"""Tables in and out, as CSV, Excel or pasted cells: read as they stand, written so that no text is a formula.

What a column means is for the package that asked. Refuses formulas (they are text), guesses (letters that
cannot be told), bombs, and what is no table. Doors: `reading`, `sheets`, `cells`, `errors`. Source:
docs/adr/0013.
"""
