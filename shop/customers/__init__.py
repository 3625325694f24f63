"""The seller's own book of buyers: who ordered what, what its people noted, which words to send them.

Only what buyers gave this seller with their orders. Refuses what they gave others, and to leave the house as
a file without a reason that stays written.
"""
