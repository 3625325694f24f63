"""One server per SQLite file: a lock on a file beside it, held until the process ends."""

import fcntl
import os
import time
from pathlib import Path

_LOCK_WAIT_S = 10.0


class ServerAlreadyRunning(Exception):
    """Another server holds this database file."""


def lock_server(lock: Path) -> int:
    """Take the one server's place, which the file `lock` stands for; the returned handle keeps it until exit.

    Waits up to 10 s for a server that is being replaced to leave.

    Raises:
        ServerAlreadyRunning: another server still holds it.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + _LOCK_WAIT_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return handle
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(handle)
                raise ServerAlreadyRunning(f"another server holds {lock.name}") from None
            time.sleep(0.1)
