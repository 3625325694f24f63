"""The keys that sign receipts."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from payments.receipts import keys
from payments.receipts.keys import BadKeyFile


def key_file(folder: Path) -> Path:
    return next(folder.glob("receipt-*.key"))


def test_the_first_start_makes_a_key_only_its_owner_can_read(tmp_path: Path) -> None:
    keys.use(tmp_path / "keys")
    assert key_file(tmp_path / "keys").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_the_next_start_keeps_it(tmp_path: Path) -> None:
    keys.use(tmp_path)
    first = keys.published()
    keys.use(tmp_path)
    assert [key.public for key in keys.published()] == [key.public for key in first]


def test_what_it_signs_verifies_by_what_is_published(tmp_path: Path) -> None:
    keys.use(tmp_path)
    key_id, private = keys.signing()
    public = Ed25519PublicKey.from_public_bytes(keys.public_keys()[key_id])
    public.verify(private.sign(b"paid"), b"paid")


def test_a_retired_key_stays_published_and_the_youngest_signs(tmp_path: Path) -> None:
    keys.use(tmp_path)
    old = keys.published()[0]
    key_file(tmp_path).unlink()
    before = old.made_ms - 1  # two keys of one millisecond would have no order
    (tmp_path / f"receipt-{before}-{old.key_id}.pub").write_bytes(old.public)
    keys.use(tmp_path)
    assert [key.private is None for key in keys.published()] == [True, False]
    assert keys.signing()[0] != old.key_id


def test_after_a_rotation_the_new_key_signs_and_all_stay_published(tmp_path: Path) -> None:
    keys.use(tmp_path)
    old = keys.published()[0]
    fresh = keys.rotate(tmp_path)
    assert keys.signing()[0] == fresh.key_id
    assert [key.key_id for key in keys.published()] == [old.key_id, fresh.key_id]
    keys.use(tmp_path)
    assert keys.public_keys()[old.key_id] == old.public


@pytest.mark.parametrize("content", [b"", b"short", bytes(32)])
def test_a_broken_key_file_stops_the_start(tmp_path: Path, content: bytes) -> None:
    keys.use(tmp_path)
    path = key_file(tmp_path)
    path.chmod(0o600)
    path.write_bytes(content)
    with pytest.raises(BadKeyFile, match=path.name):
        keys.use(tmp_path)
