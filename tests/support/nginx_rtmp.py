"""A real RTMP server to show streams at: nginx with its module, in a folder and on a port of its own.

It takes the keys it was told of, answers any other as Facebook does (it hangs up), and records what comes.
"""

import subprocess
from collections.abc import Collection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

import imageio_ffmpeg

from tests.support.local_server import LocalSite
from tests.support.server import free_port
from tools.nginx_rtmp import MODULE, find_nginx

_CONFIG = """
load_module {module};
daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log notice;
events {{ worker_connections 64; }}
rtmp {{ server {{ listen 127.0.0.1:{port}; chunk_size 4096; application live {{
  live on; record all; record_path {folder}; record_unique on; record_suffix .flv;
  on_publish http://{gate}/publish; on_publish_done http://{gate}/done;
}} }} }}
"""
_WAIT_S = 10.0


class Gate(LocalSite):
    """Says to nginx whether a key is right; hears when a publication is over."""

    def __init__(self, keys: Collection[str]) -> None:
        self.keys, self.asked, self.done = keys, list[str](), list[str]()

    def serve(self, clerk: BaseHTTPRequestHandler) -> None:
        body = clerk.rfile.read(int(clerk.headers["Content-Length"]))
        key = parse_qs(body.decode()).get("name", [""])[0]
        if clerk.path == "/done":
            self.done.append(key)
        else:
            self.asked.append(key)
        clerk.send_response(200 if key in self.keys else 403)
        clerk.end_headers()


class RtmpServer:
    """One running nginx; `keys` are those it takes."""

    def __init__(self, folder: Path, *keys: str) -> None:
        self.folder, self.port, self.gate = folder, free_port(), Gate(keys)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where to send to, without a key."""
        return f"rtmp://127.0.0.1:{self.port}/live"

    def __enter__(self) -> Self:
        found = find_nginx()
        assert found, "run `python -m tools.nginx_rtmp` first: the tests need nginx with RTMP"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.gate.__enter__()
        config = self.folder / "nginx.conf"
        said = {"module": MODULE, "folder": self.folder, "port": self.port, "gate": self.gate.host}
        config.write_text(_CONFIG.format(**said))
        log = (self.folder / "out.log").open("wb")
        self._process = subprocess.Popen(
            [found, "-p", str(self.folder), "-c", str(config)], stdout=log, stderr=log
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        self.gate.__exit__(kind, error, trace)

    def stop(self) -> None:
        """End it as its service would, by its own process."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    def recordings(self, key: str) -> list[Path]:
        """What came under `key`, one file per publication, in order."""
        return sorted(self.folder.glob(f"{key}-*.flv"))


def shown(recording: Path) -> tuple[int, str]:
    """How many pictures a recording has, and what ffmpeg says of it, decoding all of it."""
    said = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(recording), "-f", "null", "-"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    ).stderr
    counted = [part for part in said.replace("\r", "\n").splitlines() if part.startswith("frame=")]
    return int(counted[-1].split("=")[1].split()[0]) if counted else 0, said
