"""Registers what the photo room offers: addresses, how large a picture may be, work that waits, cleaning."""

from flask import Flask
from flask_smorest import Api

from catalog.console import photos as photos_console
from catalog.photos import api as photos_api
from catalog.photos import cleaning, develop, intake, sending, views
from catalog.photos.events import OriginalDone, PhotoDropped, PhotoSent, SweepDue
from core import errands, ticks
from core.http import bodies

_AROUND_A_FILE = 4 * 1024  # the lines of a form before and behind it
_TAKE_PICTURES = ("photos_api.send_photo", "photos_console.send_photo")


def wire(app: Flask, api: Api) -> None:
    """Register routes, errands, ticks, and the words for a photo that failed."""
    api.register_blueprint(photos_api.blueprint)
    app.register_blueprint(views.blueprint)
    app.register_blueprint(photos_console.blueprint)
    app.jinja_env.globals["photo_fault"] = sending.fault
    for endpoint in _TAKE_PICTURES:
        bodies.take_files(app, endpoint, intake.MOST_BYTES + _AROUND_A_FILE)
    errands.on(PhotoSent, develop.make_copies, develop.record, develop.give_up)
    errands.on(OriginalDone, cleaning.delete_original)
    errands.on(PhotoDropped, cleaning.delete_files)
    errands.on(SweepDue, cleaning.sweep)
    ticks.every(cleaning.DROP_EVERY_S, cleaning.drop_removed)
    ticks.every(cleaning.SWEEP_EVERY_S, cleaning.ask_for_sweep)
