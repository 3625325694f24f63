"""Pages of the shop: before an order (`shopping`), of one order (`order`), and a seller's recall (`recall`)."""
