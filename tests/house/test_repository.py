"""The repository holds our own work only, names no machine, and its locks are whole."""

import importlib.util
import json
import re
from importlib.metadata import version
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from packaging.version import Version

from tests.house.tree import ROOT, tracked_files

# Built or borrowed files: installed or made at build time, never committed.
BORROWED = re.compile(r"\.min\.(js|css)$|(^|/)(node_modules|vendor|dist)/|\.(whl|woff2?|ttf|map)$")
# Written with brackets so that this file does not name what it looks for.
HOSTS = re.compile(
    r"registry\.[n]pmjs|registry\.[y]arnpkg|[p]ypi\.org|files\.[p]ythonhosted"
    r"|(deb|security|snapshot)\.[d]ebian\.org|--(extra-)?[i]ndex-url|--[f]ind-links"
)
MACHINE = re.compile(
    r"(?<![\w.])/[w]ork/|(?<![\w.])/[r]oot/|/[U]sers/|\.\./[s]hared/|/[o]pt/(wheels|pypi)"
)
PINNED = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==\S+", re.MULTILINE)
HASHED = re.compile(
    r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==[^\n]*\\\n    --hash=sha256:", re.MULTILINE
)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")
UNWANTED = ("eventlet", "gevent-websocket", "pysqlite3-binary")


def traces(path: str, text: str) -> list[str]:
    """Name each registry host and machine path in a file."""
    return [f"{path}: {m[0]}" for pattern in (HOSTS, MACHINE) for m in pattern.finditer(text)]


def borrowed(path: str) -> list[str]:
    """Name the path when it looks like third-party or built work."""
    return [f"{path}: installed or built, not committed"] if BORROWED.search(path) else []


def lock_faults(text: str) -> list[str]:
    """Name what a Python lock lacks: a pin, a hash; and what must not be in it."""
    pins, hashed = len(PINNED.findall(text)), len(HASHED.findall(text))
    missing = [] if pins and pins == hashed else [f"{pins} pins but {hashed} with hashes"]
    return missing + [name for name in UNWANTED if re.search(rf"^{name}==", text, re.MULTILINE)]


def lost_links(path: str, text: str) -> list[str]:
    """Name each link of a page of Markdown that leads to no file."""
    folder = (ROOT / path).parent
    return [f"{path}: {m[1]}" for m in LINK.finditer(text) if not (folder / m[1]).exists()]


def _texts() -> list[tuple[str, str]]:
    contents = [(path, (ROOT / path).read_bytes()) for path in tracked_files()]
    return [(path, raw.decode("utf-8")) for path, raw in contents if b"\0" not in raw]


def test_nothing_third_party_is_committed() -> None:
    assert [found for path in tracked_files() for found in borrowed(path)] == []


def test_a_borrowed_file_is_seen() -> None:
    assert borrowed("core/static/htmx.min.js")
    assert borrowed("core/static/dist/core/app.css")
    assert not borrowed("core/static/art/tea.svg")


def test_no_registry_host_and_no_machine_path_is_named() -> None:
    assert [found for path, text in _texts() for found in traces(path, text)] == []


def test_a_host_or_a_path_is_seen() -> None:
    assert traces("requirements.txt", "--index-" + "url somewhere")
    assert traces("package-lock.json", "https://registry." + "npmjs" + ".org/x")
    assert traces("tools/build.py", "open('/" + "work/main')")
    assert not traces("docs/operations.md", "/srv/network/workshop")


def test_every_link_of_the_documents_leads_somewhere() -> None:
    pages = [(path, text) for path, text in _texts() if path.endswith(".md")]
    assert [found for path, text in pages for found in lost_links(path, text)] == []


def test_every_decision_stands_in_the_index() -> None:
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    pages = [path.name for path in (ROOT / "docs/adr").glob("0*.md")]
    assert [name for name in pages if f"({name})" not in index] == []


def test_a_lost_link_is_seen() -> None:
    assert lost_links("docs/README.md", "[words](glosary.md)")
    assert not lost_links("docs/README.md", "[words](glossary.md#w), [host](https://x.example)")


def test_the_python_locks_pin_and_hash_everything() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-tls.txt"):
        assert lock_faults((ROOT / name).read_text("utf-8")) == []


def test_a_lock_with_a_gap_is_seen() -> None:
    assert lock_faults("flask==3.1.3\n")
    assert lock_faults("eventlet==0.40.0 \\\n    --hash=sha256:00\n")
    assert not lock_faults("flask==3.1.3 \\\n    --hash=sha256:00\n")


def test_the_npm_lock_hashes_every_package() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def test_what_is_installed_is_what_is_locked() -> None:
    locked = re.findall(r"^([\w.-]+)==(\S+) \\$", (ROOT / "requirements.txt").read_text(), re.M)
    other = [name for name, wanted in locked if Version(version(name)) != Version(wanted)]
    assert other == []  # 1.002 is 1.2


def test_sqlite_is_newer_than_its_lost_rows_bug() -> None:
    assert sqlite.sqlite_version_info >= (3, 51, 3)


def test_no_second_event_loop_is_installed() -> None:
    assert importlib.util.find_spec("eventlet") is None
    assert importlib.util.find_spec("geventwebsocket") is None


def test_the_licence_is_the_one_we_say() -> None:
    licence = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence.splitlines()[0]
    assert '"AGPL-3.0-or-later"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_ci_runs_make_test_and_nothing_else() -> None:
    lines = Path(ROOT / ".ci/run").read_text("utf-8").splitlines()
    assert [line for line in lines[1:] if not line.startswith(("set ", "cd "))] == ["make test"]
