"""The plain node `socket.io` server as one of the bench's servers."""

import subprocess
from dataclasses import dataclass

from tests.bench.market import Places
from tests.support.server import ROOT, Server
from tools.node import command


@dataclass
class PlainServer(Server):
    """Node with `plain_server.mjs` in the place of gunicorn; it keeps nothing."""

    def start(self) -> "PlainServer":
        """Start it and wait until it answers."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with self.log_path.open("ab") as log:
            self.process = subprocess.Popen(
                command(["tests/bench/plain_server.mjs"]),
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._wait_until_ready()
        return self


def plain(places: Places) -> PlainServer:
    """A plain server with a log folder of its own, not started yet."""
    return places.keep(PlainServer(places.folder / "node"))
