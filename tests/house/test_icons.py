"""The sheet of icons (`core/frontend/icons.txt`) is on every phone: it holds what pages show and no more."""

import re
from pathlib import Path

from tests.house.tree import PACKAGES, ROOT

SHEET = "core/frontend/icons.txt"
# icon('x'), icon({'a': 'x'}.get(b, 'y')), icon(names[a]): what stands between the parentheses.
CALL = re.compile(r"\bicon\(((?:[^()]|\([^()]*\))*)\)")
LITERAL = re.compile(r"""["']([a-z0-9-]+)["'](?!\s*:)""")
PLAIN = re.compile(r"""^\s*["']([a-z0-9-]+)["']""")
FIELD = re.compile(r"\bicon\b\s*[:=]")


def asked_for(text: str) -> set[str]:
    """The names a template gives to `icon` as they stand there: they must be on the sheet."""
    plain = {found[1] for call in CALL.finditer(text) if (found := PLAIN.match(call[1]))}
    tables = [call[1] for call in CALL.finditer(text) if call[1].lstrip().startswith("{")]
    return plain | {name for table in tables for name in LITERAL.findall(table)}


def may_ask_for(text: str) -> set[str]:
    """The same, with every word of a page or module that chooses names by a variable."""
    chooses = FIELD.search(text) or any(not PLAIN.match(call[1]) for call in CALL.finditer(text))
    return asked_for(text) | (set(LITERAL.findall(text)) if chooses else set())


def texts() -> list[str]:
    """Every template and module of ours."""
    places: list[Path] = [
        path
        for package in PACKAGES
        for kind in ("templates/**/*.html", "**/*.py")
        for path in sorted((ROOT / package).glob(kind))
    ]
    return [path.read_text("utf-8") for path in places]


def sheet() -> list[str]:
    return (ROOT / SHEET).read_text("utf-8").split()


def test_every_icon_of_a_page_is_on_the_sheet() -> None:
    asked = {name for text in texts() for name in asked_for(text)}
    assert sorted(asked - set(sheet())) == []


def test_every_icon_on_the_sheet_is_on_some_page() -> None:
    used = {name for text in texts() for name in may_ask_for(text)}
    assert sorted(set(sheet()) - used) == []


def test_the_sheet_is_sorted_and_names_each_icon_once() -> None:
    assert sheet() == sorted(set(sheet()))


def test_names_are_found_however_they_are_given() -> None:
    page = """{{ icon('leaf') }} {{ icon({'a': 'sun', 'b': 'moon'}.get(kind, 'star')) }}"""
    assert asked_for(page) == {"leaf", "sun", "moon", "star"}
    chosen = "{% set names = {'a': 'truck'} %}{{ icon(names[kind]) }}"
    assert asked_for(chosen) == set()
    assert may_ask_for(chosen) == {"truck"}


def test_a_word_that_is_no_icon_does_not_keep_one_on_the_sheet() -> None:
    assert may_ask_for("{{ _('bell') }}{{ ui.tag('flag') }}{{ icon('leaf') }}") == {"leaf"}
