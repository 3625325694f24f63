"""What is killed writes to a disk: `make test` keeps other files in memory, where nothing is waited for."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.server import ROOT


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder of the test's own below `var/`."""
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "var", prefix="faults-") as folder:
        yield Path(folder)
