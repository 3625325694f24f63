"""What runs beside the pages in a serving process: the group writer, events, errands, the ticks.

Started by the gunicorn worker after fork and after gevent has patched; commands and tests never call it.
"""

import sys
from collections.abc import Callable, Iterable

import gevent
from flask import Flask
from gevent.event import Event

from core import errands, outbox, ticks
from core.config import Settings
from core.group_writer import GroupWriter
from core.server_lock import lock_server
from core.writer import FewAtOnce

Environ = dict[str, object]
Wsgi = Callable[[Environ, Callable[..., object]], Iterable[bytes]]

_POLL_S = 0.25
_SWITCH_S = 0.0005
"""How long the loop keeps the interpreter while the writer's thread waits for it. SQLite lets go of it in
each statement, so with Python's 5 ms a busy loop made a commit of ten statements wait fifty."""
_held_locks: list[int] = []


def start(app: Flask) -> None:
    """Make this process the server of its database.

    Raises:
        ServerAlreadyRunning: on SQLite, another server holds the file.
    """
    settings: Settings = app.config["SETTINGS"]
    if settings.uses_sqlite:
        _held_locks.append(lock_server(settings.server_lock))
        sys.setswitchinterval(_SWITCH_S)
        app.extensions["writer"] = GroupWriter(app.extensions["write_engine"])
    else:
        app.extensions["writer"] = FewAtOnce(app.extensions["write_engine"])
    app.wsgi_app = _in_turn(app.wsgi_app)  # type: ignore[method-assign, assignment, arg-type]
    gevent.spawn(_run_published, app, outbox.run_pending)
    gevent.spawn(_run_published, app, errands.run_pending)
    for tick in ticks.registered():
        gevent.spawn(_run_tick, app, tick)
    for loop in app.extensions.get("background", []):
        gevent.spawn(loop, app)


def _in_turn(serve: Wsgi) -> Wsgi:
    """`serve`, each request after everybody else who waits has had a turn.

    Nothing else makes a connection yield whose next request is always there already: one client that
    sends them in a row without waiting for answers would have the server to itself.
    """

    def serve_in_turn(environ: Environ, respond: Callable[..., object]) -> Iterable[bytes]:
        gevent.sleep(0)
        return serve(environ, respond)

    return serve_in_turn


def _run_published(app: Flask, run_pending: Callable[[], int]) -> None:
    """Do what is committed here at once, and within a quarter second what other processes publish."""
    published = Event()
    outbox.on_publish(published.set)
    while True:
        published.wait(timeout=_POLL_S)
        published.clear()
        with app.app_context():
            try:
                run_pending()
            except (
                Exception
            ) as error:  # the database may be away for a moment: the next round tries again
                outbox.log.warning("outbox_round_failed", error=repr(error))


def _run_tick(app: Flask, tick: ticks.Tick) -> None:
    while True:
        gevent.sleep(tick.seconds)
        with app.app_context():
            ticks.run(tick)
