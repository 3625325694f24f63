"""The livestream package."""
