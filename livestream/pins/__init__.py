"""Goods in a show: pinned under a code, shown, priced, in a flash window, resized, closed."""
