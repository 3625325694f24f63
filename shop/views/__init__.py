"""Pages of the shop: before an order (`shopping`), of one (`order`), and a seller's recall (`recall`)."""
