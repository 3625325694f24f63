"""Pure files stay pure: no web, no database, no clock, no machine, no true division."""

import ast

from tests.house.pure import CLOCK_READINGS, IMPURE_MODULES, PURE_FILES
from tests.house.tree import PACKAGES, Source, breaches, calls, imports, package_files, snippet


def impure_imports(source: Source) -> list[str]:
    """Name each import of a library that touches the world."""
    return [
        f"{source.path}:{found.line}: a pure file imports no {found.name}"
        for found in imports(source)
        if found.parts[0] in IMPURE_MODULES
    ]


def impure_neighbours(source: Source) -> list[str]:
    """Name each import of one of our own files that is not pure itself."""
    return [
        f"{source.path}:{found.line}: {found.name} is not pure"
        for found in imports(source)
        if found.parts[0] in PACKAGES and not _is_pure(found.parts)
    ]


def _is_pure(parts: list[str]) -> bool:
    return any("/".join(parts[:end]) + ".py" in PURE_FILES for end in (2, 3))


def clock_readings(source: Source) -> list[str]:
    """Name each `datetime.now()`, `date.today()` and the like."""
    return [
        f"{source.path}:{line}: a pure file is told the time, it does not look ({name})"
        for name, line in calls(source)
        if name.startswith("date") and name.rpartition(".")[2] in CLOCK_READINGS
    ]


def true_divisions(source: Source) -> list[str]:
    """Name each `/`: it makes floats of money and quantities; `core/splitting.py` divides."""
    return [
        f"{source.path}:{node.lineno}: no true division in a pure file"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div)
    ]


def pure_files() -> list[Source]:
    return [source for source in package_files() if source.path in PURE_FILES]


def test_the_list_of_pure_files_names_files_that_exist() -> None:
    assert pure_files()


def test_pure_files_import_nothing_that_touches_the_world() -> None:
    assert breaches(impure_imports, pure_files()) == []


def test_an_impure_import_is_seen() -> None:
    for line in ("from flask import g", "import sqlalchemy.orm", "import time", "import os"):
        assert impure_imports(snippet("core/money.py", line))


def test_pure_files_import_only_pure_files_of_ours() -> None:
    assert breaches(impure_neighbours, pure_files()) == []


def test_an_impure_neighbour_is_seen() -> None:
    assert impure_neighbours(snippet("shop/totals.py", "from core.db import write"))
    assert impure_neighbours(snippet("shop/totals.py", "from core import clock"))
    assert not impure_neighbours(snippet("shop/totals.py", "from core.money import vnd"))
    assert not impure_neighbours(snippet("shop/totals.py", "from core import money"))


def test_pure_files_do_not_look_at_the_clock() -> None:
    assert breaches(clock_readings, pure_files()) == []


def test_a_look_at_the_clock_is_seen() -> None:
    text = "from datetime import datetime, date\n"
    assert clock_readings(snippet("core/codes.py", text + "datetime.now()"))
    assert clock_readings(snippet("core/codes.py", text + "date.today()"))


def test_pure_files_do_not_divide() -> None:
    assert breaches(true_divisions, pure_files()) == []


def test_a_division_is_seen() -> None:
    assert true_divisions(snippet("shop/totals.py", "share = total / 3"))
    assert not true_divisions(snippet("shop/totals.py", "share = total // 3"))
