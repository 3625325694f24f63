"""Keys that an installation makes for itself: files under `DATA_DIR/keys`, each whole and its owner's alone.

Refuses to write over a key: whoever was first made it, and everybody uses that one.
"""

import os
import secrets
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from core.config import BadSettings, Settings, is_weak


def with_secret_key(settings: Settings) -> Settings:
    """`settings` with the key of this installation: given, or kept in `DATA_DIR/keys/secret` (0600).

    Raises:
        BadSettings: the kept key is no key.
    """
    if settings.secret_key:
        return settings
    path = settings.keys_dir / "secret"
    if not path.exists():
        settings.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(path, secrets.token_urlsafe(48).encode())
    key = path.read_text().strip()
    if is_weak(key):
        raise BadSettings([f"the key kept in {path.name} under DATA_DIR/keys is weak or cut off"])
    return replace(settings, secret_key=key)


def write_private(path: Path, content: bytes) -> None:
    """Create `path` whole, readable by its owner alone; an existing file is kept (somebody was first)."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent)  # made with mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            os.link(unfinished, path)
    finally:
        os.unlink(unfinished)
