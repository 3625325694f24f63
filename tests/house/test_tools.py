"""The set-up tools keep their word: the last line counts honestly, Chromium is found or asked for."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from tests.support.units import unit_of
from tools import apt, chromium, nginx_rtmp, node
from tools.run_tests import place_for_temporary_files


def closing_line(folder: Path, text: str, *more: str) -> tuple[str, int]:
    (folder / "test_sample.py").write_text(f"import pytest\n{text}", encoding="utf-8")
    quiet = ("-p", "no:cacheprovider")
    command = [sys.executable, "-m", "tools.run_tests", str(folder), *quiet, *more]
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


def test_with_two_workers_a_skip_is_a_failure_and_so_is_a_worker_that_dies(tmp_path: Path) -> None:
    text = (
        "import os\ndef test_a(): os._exit(0)\ndef test_b(): pass\n"
        "def test_c(): pytest.skip('no database')\ndef test_d(): pass\n"
    )
    assert closing_line(tmp_path, text, "-n", "2") == ("2 passed, 2 failed", 1)


def test_all_runs_are_counted_and_nothing_temporary_is_left_even_after_a_failure(
    tmp_path: Path,
) -> None:
    where = tmp_path / "where"
    text = (
        "import tempfile, pathlib\ndef test_a(): pass\ndef test_b(tmp_path):\n"
        f"    pathlib.Path({str(where)!r}).write_text(f'{{tempfile.mkdtemp()}}\\n{{tmp_path}}')\n"
        "    assert False\n"
    )
    empty = ("--then", str(tmp_path), "-p", "no:cacheprovider", "-k", "nothing")
    assert closing_line(tmp_path, text, *empty) == ("1 passed, 2 failed", 1)
    assert [Path(made).exists() for made in where.read_text().splitlines()] == [False, False]


def test_temporary_files_go_to_memory_where_there_is_room(tmp_path: Path) -> None:
    assert place_for_temporary_files(tmp_path, room=1) == str(tmp_path)
    assert place_for_temporary_files(tmp_path, room=10**18) is None
    assert place_for_temporary_files(tmp_path / "none", room=1) is None


@pytest.mark.parametrize(
    ("test", "unit"),
    [
        ("tests/unit/a.py::test_x", "tests/unit/a.py"),
        ("tests/unit/a.py::test_x[many-sqlite]", "tests/unit/a.py on sqlite"),
        ("tests/races/a.py::test_x[postgresql-2]", "tests/races/a.py on postgresql"),
        ("tests/unit/a.py::test_x[sqlite3]", "tests/unit/a.py"),
        ("tests/browser/a.py::test_x[sqlite]", "tests/browser/"),
    ],
)
def test_a_worker_takes_a_file_on_one_database_or_all_of_the_browser(test: str, unit: str) -> None:
    assert unit_of(test) == unit


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


def test_without_nginx_and_without_rights_the_command_to_type_is_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(nginx_rtmp, "MODULE", tmp_path / "none.so")
    monkeypatch.setattr(apt, "may_install", lambda: False)
    assert nginx_rtmp.main() == 1
    assert "apt-get install -y nginx libnginx-mod-rtmp" in capsys.readouterr().err


def test_npm_runs_on_the_node_of_the_wheel() -> None:
    line = node.command(["npm", "--version"])
    run = subprocess.run(line, capture_output=True, text=True, check=True)
    assert int(run.stdout.split(".")[0]) >= 10
