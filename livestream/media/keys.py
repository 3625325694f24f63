"""The secret that the engine and the web process share: made by whichever starts first, mode 0600."""

import secrets
from pathlib import Path

from core.keys import write_private

_BYTES = 32


def shared_secret(keys_dir: Path) -> bytes:
    """Read `media.key`, or make it; two processes at once get the same one."""
    path = keys_dir / "media.key"
    if not path.exists():
        keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(path, secrets.token_bytes(_BYTES))
    return path.read_bytes()
