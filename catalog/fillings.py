"""What the catalogue puts into the frame of every page: ways to the prices of the week and the ranking."""

from flask import render_template
from markupsafe import Markup

from core import slots


def fill() -> None:
    """Take the catalogue's places."""
    slots.fill("foot.links", foot_links)


def foot_links() -> Markup:
    """Links for the foot of each page."""
    return Markup(render_template("catalog/foot_links.html"))
