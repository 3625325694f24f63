"""Statement files of banks and what people saw: read, mapped, looked at, then taken in as bank lines.

Refuses to write anything that was not shown first, to guess a column silently, and to take a person's
word for the bank's: it is shown as attested until a feed or a statement tells the same. Doors: `shelf`,
`taking`, `days`; `alarm` says which days break; what people saw: `payments.desk.seen`.
"""
