"""How goods reach a buyer and for how much: dated rows of each seller, and the pure rule that quotes them."""
