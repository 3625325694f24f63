"""Tables that somebody sends, as CSV, Excel or pasted cells: read as they stand, nothing worked out.

What a column means is for the package that asked. Refuses formulas (they are text), guesses (letters that
cannot be told), bombs, and what is no table. Doors: `reading`, `cells`, `errors`. Source: docs/adr/0013.
"""
