"""A real S3 server on 127.0.0.1: rclone serving a folder over the S3 API, signatures checked.

Started by the tests that ask for it; comes with requirements-dev.txt (docs/adr/0010-photos.md).
"""

import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.server import free_port

_RCLONE = Path(sys.executable).parent / "rclone"
_START_S = 20.0


@dataclass
class S3Server:
    """One server with one bucket, `photos`, in `folder`."""

    folder: Path
    key: str = "farmer"
    secret: str = "a-secret-of-the-test"
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """What `STORAGE_URL` is set to."""
        return f"s3://photos/market?endpoint={self.endpoint}&region=eu-central-1"

    @property
    def environ(self) -> dict[str, str]:
        """The rest of what the market is told."""
        return {"AWS_ACCESS_KEY_ID": self.key, "AWS_SECRET_ACCESS_KEY": self.secret}

    def start(self) -> "S3Server":
        (self.folder / "photos").mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [
                *(str(_RCLONE), "serve", "s3", str(self.folder), "--config", "/dev/null"),
                *("--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{self.key},{self.secret}"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + _START_S
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.02)
        raise AssertionError("the S3 server did not start")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=10)
            self.process = None
