"""What buyers write, read: from a comment to an order, a withdrawal, a question or chat. Pure, by tables.

The door is `claim_reader.read`; its rules and 400 worked phrases stand in docs/algorithms/claim_reader.md.
"""
