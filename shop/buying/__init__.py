"""A buyer's way to an order: cart, checkout, the order form, the page to pay on, the front page."""
