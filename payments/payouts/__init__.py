"""What a seller owes to payees (opaque names such as `member:…`), and how it is paid out.

Refuses to know who a payee is, to change or delete an entry (a mistake is reversed), and to call anything
paid that the bank's outgoing line, or a named person for cash, has not said. Doors: `book`, `records`.
"""
