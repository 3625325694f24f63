"""The one thing we ask of fontpkg: where a font's file lies."""

from pathlib import Path

def path(
    name: str, weight: int | str = 400, style: str = "normal", nearest: bool = False
) -> Path: ...
