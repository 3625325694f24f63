"""Registers the desk's pages for files, and lets them in up to their own size."""

from flask import Flask

from catalog.console import files
from core.http import bodies


def wire(app: Flask) -> None:
    """Register the pages."""
    app.register_blueprint(files.blueprint)
    bodies.take_files(app, files.TAKES_FILES, files.MOST_BODY)
