"""The engine as a process: `python -m livestream.media`. It has no database and no sessions, only streams.

Settings: `MEDIA_PORT` (default 8001), those of the web process that name the data folder and its address, and
`WEB_INSIDE`, where we reach the web process when it is on another machine of ours.
"""

# gevent patches the standard library before anything else is imported: pipes and sockets then wait together.
from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import signal  # noqa: E402

import gevent  # noqa: E402

from core import clock, config  # noqa: E402
from livestream.media.doors import Doors  # noqa: E402
from livestream.media.keys import shared_secret  # noqa: E402
from livestream.media.news import Teller  # noqa: E402
from livestream.media.serving import Counter  # noqa: E402
from livestream.media.streams import Streams  # noqa: E402

NEWS_PATH = "/api/v1/media/news"
_LOOK_S = 1.0


def main() -> None:
    """Serve until told to stop; streams then end, and their recordings are whole."""
    settings = config.from_environment()
    secret = shared_secret(settings.keys_dir)
    web = os.environ.get("WEB_INSIDE", f"http://127.0.0.1:{settings.port}")
    teller = Teller(web.rstrip("/") + NEWS_PATH, secret, clock.now_ms)
    streams = Streams(
        settings.data_dir / "recordings",
        secret,
        teller.tell,
        shows_inside=settings.restream_inside,
    )
    doors = Doors(streams, clock.now_ms, secret)
    server = Counter((os.environ.get("HOST", "0.0.0.0"), settings.media_port), doors)
    gevent.spawn(teller.run)
    gevent.spawn(_looking, streams)
    for told in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(told, server.stop, 1)
    server.serve_forever()
    streams.leave_all()


def _looking(streams: Streams) -> None:
    while True:
        gevent.sleep(_LOOK_S)
        streams.look(clock.now_ms())


if __name__ == "__main__":
    main()
