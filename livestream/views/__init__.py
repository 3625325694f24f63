"""Pages for buyers: what is live and the room itself (`room`), from a basket to an order (`basket`)."""
