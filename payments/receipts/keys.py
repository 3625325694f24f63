"""The keys that sign receipts: Ed25519, kept as files apart from the data, made at first start.

Each private key is `receipt-<made, UTC ms>-<key id>.key` (32 raw bytes, mode 0600); the youngest signs.
Rotating is making another; a retired key may be replaced by its public half, `….pub`, which stays
published for ever, for receipts do not expire. Refuses a file that is not a key: a receipt signed by
nobody knows what is worse than no start.
"""

import base64
import fcntl
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core import clock
from core.keys import write_private

_FILE = re.compile(r"receipt-(?P<made>[0-9]{1,15})-(?P<key_id>[A-Za-z0-9_-]{8})\.(?P<kind>key|pub)")
_KEY_BYTES = 32
_ID_LENGTH = 8


class BadKeyFile(Exception):
    """A file in the keys folder has a key's name but no key in it (raised at start)."""


@dataclass(frozen=True)
class ReceiptKey:
    """A key by its public half; `private` is None for a retired one."""

    key_id: str
    made_ms: int
    public: bytes
    private: Ed25519PrivateKey | None = None


class _State:
    keys: tuple[ReceiptKey, ...] = ()


def use(keys_dir: Path) -> None:
    """Sign and verify with the keys in `keys_dir` in this process from now on; make the first one.

    Raises:
        BadKeyFile: one of them is not a key, or not the one its name says.
    """
    keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(keys_dir):
        if not any(path.suffix == ".key" for path in _files(keys_dir)):
            _make(keys_dir, clock.now_ms())
        _State.keys = _loaded(keys_dir)


def rotate(keys_dir: Path) -> ReceiptKey:
    """Make a new key, which signs from now on in this process and in others once they start anew.

    The older ones stay where they are and stay published: what they signed is valid for ever. Returns the
    new key. Raises BadKeyFile as `use`.
    """
    with _alone(keys_dir):
        youngest_ms = max((key.made_ms for key in _loaded(keys_dir)), default=0)
        _make(keys_dir, max(clock.now_ms(), youngest_ms + 1))
        _State.keys = _loaded(keys_dir)
    return _State.keys[-1]


def signing() -> tuple[str, Ed25519PrivateKey]:
    """The id and private half of the key that signs now."""
    return [(key.key_id, key.private) for key in _State.keys if key.private is not None][-1]


def published() -> tuple[ReceiptKey, ...]:
    """Every key ever used here, oldest first, retired ones included."""
    return _State.keys


def public_keys() -> Mapping[str, bytes]:
    """Raw public keys by key id, as `codec.verify` takes them."""
    return {key.key_id: key.public for key in _State.keys}


@contextmanager
def _alone(keys_dir: Path) -> Iterator[None]:
    """Let one process at a time look and make: two first starts must end with one key."""
    with (keys_dir / "receipt.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _files(keys_dir: Path) -> list[Path]:
    return sorted(path for path in keys_dir.iterdir() if _FILE.fullmatch(path.name))


def _loaded(keys_dir: Path) -> tuple[ReceiptKey, ...]:
    return tuple(sorted(map(_load, _files(keys_dir)), key=lambda key: key.made_ms))


def _make(keys_dir: Path, made_ms: int) -> None:
    private = Ed25519PrivateKey.generate()
    name = f"receipt-{made_ms}-{_id_of(private.public_key().public_bytes_raw())}.key"
    unfinished = keys_dir / f"{name}.new"
    unfinished.unlink(missing_ok=True)
    write_private(unfinished, private.private_bytes_raw())
    unfinished.rename(keys_dir / name)


def _load(path: Path) -> ReceiptKey:
    found, content = _FILE.fullmatch(path.name), path.read_bytes()
    if found is None or len(content) != _KEY_BYTES:
        raise BadKeyFile(f"{path.name} is not {_KEY_BYTES} bytes")
    private = Ed25519PrivateKey.from_private_bytes(content) if found["kind"] == "key" else None
    public = private.public_key().public_bytes_raw() if private else content
    if _id_of(public) != found["key_id"]:
        raise BadKeyFile(f"{path.name} holds another key than it says")
    return ReceiptKey(found["key_id"], int(found["made"]), public, private)


def _id_of(public: bytes) -> str:
    digest = hashlib.sha256(public).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii")[:_ID_LENGTH]
