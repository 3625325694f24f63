"""Registers what the live room offers: routes, reactions, the timer of holds, checks, demo shows."""

from flask import Flask
from flask_smorest import Api

from catalog import photos
from core import commands as core_commands
from core import ticks
from core.http import bodies, origin
from livestream import checks, commands, demo, models, reactions, slots
from livestream.api import camera, host, room
from livestream.api import pins as pins_api
from livestream.api import video as video_api
from livestream.console import (
    calls,
    home,
    lessons,
    moderation,
    officer_live,
    outside,
    pin_desk,
    ready,
    recordings,
    reports,
    sheet,
    stage,
    stopped,
    targets,
    together,
    verify,
)
from livestream.console import campaigns as campaign_desk
from livestream.delivery import sockets
from livestream.desk import waitlist
from livestream.figures import models as figure_models
from livestream.figures import report_checks, viewers
from livestream.figures import reports as sale_reports
from livestream.outside import outside_bodies, outside_models
from livestream.reader import reader_command
from livestream.replay import (
    asking,
    keeping,
    replay_checks,
    replay_models,
)
from livestream.replay import commands as recordings_commands
from livestream.shows import complaints, sessions, show_models
from livestream.stops import stop_checks, stop_models
from livestream.talk import chat_models
from livestream.together import together_demo, together_models
from livestream.video import (
    broadcasts,
    camera_photos,
    closing,
    sending_on,
    target_checks,
    target_models,
    video_command,
    video_models,
)
from livestream.views import basket as basket_pages
from livestream.views import campaigns as campaign_pages
from livestream.views import nick as nick_pages
from livestream.views import replay as replay_pages
from livestream.views import room as room_pages
from livestream.views import shows as show_pages
from shop.cases import subjects
from shop.cases.case_rules import STREAM

_BY_IMPORT = (
    *(models, outside_models, chat_models, show_models, together_models, figure_models),
    *(video_models, target_models, target_checks, replay_models, stop_models),
    *(checks, report_checks, replay_checks, stop_checks, commands),
)
"""Tables, checks and commands are known to the market as soon as their modules are imported."""

TICKS = {
    waitlist.settle_due: 1.0,
    sessions.close_unpapered: 30.0,
    viewers.write_down: 3.0,
    sale_reports.freeze_due: 60.0,
    broadcasts.close_unheard: 2.0,
    keeping.look_after: 60.0,
    asking.ask_missing: 1800.0,
}
"""What the server does by the clock, with the seconds between."""

_JSON = (
    room.blueprint,
    host.blueprint,
    camera.blueprint,
    pins_api.blueprint,
    video_api.blueprint,
)

_PAGES = (
    room_pages.blueprint,
    show_pages.blueprint,
    basket_pages.blueprint,
    home.blueprint,
    ready.blueprint,
    sheet.blueprint,
    reports.blueprint,
    verify.blueprint,
    stage.blueprint,
    targets.blueprint,
    calls.blueprint,
    outside.blueprint,
    nick_pages.blueprint,
    pin_desk.blueprint,
    moderation.blueprint,
    together.blueprint,
    campaign_desk.blueprint,
    campaign_pages.blueprint,
    replay_pages.blueprint,
    recordings.blueprint,
    officer_live.blueprint,
    lessons.blueprint,
    stopped.blueprint,
)


def wire(app: Flask, api: Api) -> None:
    """Register routes, subscriptions, the timer and demo data; the sockets go in front of all of it."""
    for blueprint in _JSON:
        api.register_blueprint(blueprint)
    for pages in _PAGES:
        app.register_blueprint(pages)
    for endpoint in outside.TAKES_FILES:
        bodies.take_files(app, endpoint, outside_bodies.MOST_BODY)
    app.cli.add_command(reader_command.claims_group)
    app.cli.add_command(video_command.video_group)
    app.cli.add_command(recordings_commands.recordings_group)
    photos.keep_for("campaign", together_models.Campaign)
    photos.keep_for(camera_photos.KIND, models.LiveSession)
    bodies.take_files(app, camera.TAKES_PHOTOS, camera.MOST_BYTES)
    slots.fill()
    subjects.register(STREAM, complaints.stream_subject)
    reactions.subscribe()
    closing.subscribe()
    sending_on.subscribe()
    origin.expect_programs(app, "video_api.hear_news")  # the engine, by its signature
    asking.subscribe()
    for run, seconds in TICKS.items():
        ticks.every(seconds, run)
    core_commands.on_demo_load(demo.load)
    core_commands.on_demo_load(together_demo.load)
    core_commands.on_prepared(commands.camera_rule)
    sockets.init_app(app)
