"""Which account of a seller buyers pay to: asked for by one owner, confirmed by another or by a day's wait.

Refuses to change anything at once on one person's word, and to touch payments opened before. Door: `changes`.
"""
