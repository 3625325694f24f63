"""Pages for sellers: their shows (`home`), and the screen from which one is run (`stage`)."""
