"""A show from its first plan to the sheet of the day: sessions, what gates them, what is left of them."""
