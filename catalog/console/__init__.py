"""The seller's desk for goods: lots, stock, prices, growers, papers. Edges: each page asks who is calling."""
