"""Pages everybody may see: the shelf (search, kinds, places), a product, a lot, and what machines read."""
