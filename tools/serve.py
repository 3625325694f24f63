"""`make run`: the market's processes on one machine, from a table, under one supervisor.

The web server is what it is for. Video runs beside it: where its port is taken or it ends, the shop runs on.
With `TLS=1` Caddy stands before both. Settings are the environment's (docs/operations.md).
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from core.config import BadSettings, Settings, from_environment
from tools import https_front
from tools.https_front import Behind
from tools.supervisor import Patience, Program, Supervisor

_PYTHON = (sys.executable, "-m")


class CannotStart(Exception):
    """`exit_code` and why, a sentence each."""

    def __init__(self, exit_code: int, *why: str) -> None:
        super().__init__(*why)
        self.exit_code, self.why = exit_code, why


@dataclass(frozen=True)
class Place:
    """Where a program will listen, and the setting that says so."""

    host: str
    port: int
    setting: str
    is_tls: bool

    def why_not(self) -> str:
        """Why nothing can listen there now, with what to type; "" if it can."""
        typed = f"make run {self.setting}={self.port + 10}{' TLS=1' * self.is_tls}"
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except PermissionError:
                return f"port {self.port} is for root alone; type {typed}."
            except (OSError, OverflowError) as error:
                return f"port {self.port} is not free ({_reason(error)}); type {typed}."
        return ""


def main(given: Mapping[str, str] = os.environ) -> int:
    """Prepare the market and serve it until told to stop; returns the exit code."""
    try:
        return _served(given)
    except CannotStart as error:
        _say(*(f"Cannot start: {why}" for why in error.why))
        return error.exit_code
    except KeyboardInterrupt:  # while the market is being prepared
        return 128 + signal.SIGINT


def _served(given: Mapping[str, str]) -> int:
    is_tls = given.get("TLS", "0") not in {"", "0"}
    environ = _behind_https(given) if is_tls else dict(given)
    settings = _settings(environ)
    table = [
        *_market(settings, environ, is_tls=is_tls),
        *(_front(settings, environ) if is_tls else ()),
    ]
    prepare = [*_PYTHON, "flask", "--app", "wsgi", "prepare"]
    if exit_code := subprocess.run(prepare, env=environ, check=False).returncode:
        return exit_code
    if is_tls:
        _say(*https_front.words(settings.public_url, in_terminal=sys.stderr.isatty()))
    return Supervisor(table, _say, Patience()).run()


def _behind_https(given: Mapping[str, str]) -> dict[str, str]:
    environ = https_front.settled(given)
    url = urlsplit(environ["PUBLIC_URL"])
    try:
        is_port = url.port != 0
    except ValueError:
        is_port = False
    if url.scheme != "https" or not is_port:
        raise CannotStart(2, f"TLS=1 serves https:// and a port up to 65535, not {url.geturl()}")
    return environ


def _settings(environ: Mapping[str, str]) -> Settings:
    try:
        return from_environment(environ)
    except BadSettings as error:
        raise CannotStart(2, *error.problems) from error


def _market(settings: Settings, environ: Mapping[str, str], *, is_tls: bool) -> list[Program]:
    host = environ.get("HOST", "0.0.0.0")
    if why_not := Place(host, settings.port, "PORT", is_tls).why_not():
        raise CannotStart(1, why_not)
    video = Place(host, settings.media_port, "MEDIA_PORT", is_tls)
    gunicorn = (*_PYTHON, "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
    return [
        Program("web", gunicorn, environ, is_the_point=True),
        Program("video", (*_PYTHON, "livestream.media"), environ, needs=partial(_off, video)),
    ]


def _off(video: Place) -> str:
    why_not = video.why_not()
    return why_not and f"Live video is off, the shop runs: {why_not}"


def _front(settings: Settings, environ: Mapping[str, str]) -> list[Program]:
    folder = settings.data_dir / "caddy"
    behind = Behind(settings.public_url, settings.port, settings.media_port, folder)
    place = Place("0.0.0.0", behind.https_port, "HTTPS_PORT", is_tls=True)
    if why_not := place.why_not():
        raise CannotStart(1, why_not)
    try:
        command, environ = https_front.prepared(behind, environ)
    except FileNotFoundError:
        raise CannotStart(1, "Caddy is not installed; type make run TLS=1.") from None
    return [Program("https", command, environ, needs=place.why_not)]


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _say(*lines: str) -> None:
    print(*(f"  {line}" for line in lines), sep="\n", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
