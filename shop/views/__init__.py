"""Pages of the shop for buyers: before an order (`shopping`) and of one order (`order`)."""
