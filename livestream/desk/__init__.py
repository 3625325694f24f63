"""Where claims become packs: taken in the order they came, a batch in a transaction, and what follows them.

The doors are `answers` (a buyer's writes as the protocol answers them) and `desk.claim_all`. It refuses
to look anywhere but at the allotment's row for what is left: the guard is there, never in memory.
"""
