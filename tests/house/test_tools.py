"""The set-up tools keep their word: the last line counts honestly, Chromium is found or asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tools import chromium, node


def closing_line(folder: Path, text: str) -> tuple[str, int]:
    (folder / "test_sample.py").write_text(f"import pytest\n{text}", encoding="utf-8")
    command = [sys.executable, "-m", "tools.run_tests", str(folder), "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.stdout.splitlines()[-1], run.returncode


def test_a_good_run_closes_with_its_count(tmp_path: Path) -> None:
    text = "def test_a(): pass\ndef test_b(): pass\n"
    assert closing_line(tmp_path, text) == ("2 passed, 0 failed", 0)


def test_failures_and_errors_are_counted_as_failed(tmp_path: Path) -> None:
    text = (
        "@pytest.fixture\ndef broken():\n    raise OSError\n"
        "def test_a(): pass\ndef test_b(): assert False\ndef test_c(broken): pass\n"
    )
    assert closing_line(tmp_path, text) == ("1 passed, 2 failed", 1)


def test_a_skip_is_a_failure(tmp_path: Path) -> None:
    text = "def test_a(): pass\ndef test_b(): pytest.skip('no database')\n"
    assert closing_line(tmp_path, text) == ("1 passed, 1 failed", 1)


def test_a_file_that_does_not_load_is_a_failure(tmp_path: Path) -> None:
    last, code = closing_line(tmp_path, "import nothing_of_that_name\n")
    assert (last.startswith("0 passed, "), last.endswith(" 0 failed"), code) == (True, False, 1)


def test_an_empty_run_is_a_failure(tmp_path: Path) -> None:
    assert closing_line(tmp_path, "") == ("0 passed, 1 failed", 1)


def test_a_chosen_chromium_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.find_chromium() == sys.executable


def test_without_chromium_and_without_rights_the_command_to_type_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("CHROMIUM", raising=False)
    assert chromium.main() == 1
    assert "apt-get install -y chromium" in capsys.readouterr().err


def test_npm_runs_on_the_node_of_the_wheel() -> None:
    line = node.command(["npm", "--version"])
    run = subprocess.run(line, capture_output=True, text=True, check=True)
    assert int(run.stdout.split(".")[0]) >= 10
