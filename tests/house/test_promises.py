"""docs/promises.md tells the truth: each proof it names is there, carries its id, and has a control.

A promise about rows is proved on both databases: one of its tests takes a fixture that is made for each.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from tests.house.tree import ROOT, Source, python_files

WITHOUT_ROWS = {"P10", "P15", "P16", "P18"}
"""Pure promises, and those kept before a database is asked."""
NOTHING_TO_TAKE_AWAY = {"P9", "P12", "P15", "P16", "P18"}
"""Promises without a guard of their own that a control could switch off."""
_ROW = re.compile(r"^\| (P\d+) \| .*? \| (?P<proof>.*) \| (?P<control>.*) \|$", re.MULTILINE)
_FILE = re.compile(r"`([\w/]*test_\w+\.py)`")


@dataclass(frozen=True)
class Row:
    """A promise as the table has it: its id, the cells of its proofs and of its controls."""

    id: str
    proof: str
    control: str

    @property
    def names(self) -> list[str]:
        return _FILE.findall(self.proof + self.control)

    @property
    def files(self) -> list[Source]:
        return [source for name in self.names for source in called(name)]


def rows() -> list[Row]:
    written = (ROOT / "docs/promises.md").read_text(encoding="utf-8")
    return [Row(found[1], found["proof"], found["control"]) for found in _ROW.finditer(written)]


def called(name: str) -> list[Source]:
    """The test files that a name, with its folders or without them, may mean."""
    return [one for one in all_tests() if f"/{one.path}".endswith(f"/{name}")]


@cache
def all_tests() -> list[Source]:
    return python_files("tests")


@cache
def functions(source: Source) -> list[ast.FunctionDef]:
    return [node for node in source.tree.body if isinstance(node, ast.FunctionDef)]


def takes(function: ast.FunctionDef) -> set[str]:
    return {one.arg for one in function.args.args}


@cache
def made_for_both() -> frozenset[str]:
    """Names of fixtures that are made once on each database, or of one that is."""
    known = {"database_url"}
    while True:
        more = {one.name for one in fixtures() if takes(one) & known or "postgresql" in marks(one)}
        if more <= known:
            return frozenset(known)
        known |= more


def fixtures() -> Iterator[ast.FunctionDef]:
    for source in all_tests():
        yield from (one for one in functions(source) if "fixture" in marks(one))


def marks(function: ast.FunctionDef) -> str:
    return " ".join(ast.unparse(one) for one in function.decorator_list)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_each_named_proof_is_there(row: Row) -> None:
    assert row.names
    assert [name for name in row.names if not called(name)] == []


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_proof_carries_its_id(row: Row) -> None:
    mark = f"test_{row.id.lower()}_"
    names = [one.name for source in row.files for one in functions(source)]
    opened = [ast.get_docstring(source.tree) or "" for source in row.files]
    assert any(name.startswith(mark) for name in names) or any(row.id in words for words in opened)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_promise_about_rows_is_proved_on_both_databases(row: Row) -> None:
    on_both = [
        one.name
        for source in row.files
        for one in functions(source)
        if one.name.startswith("test_") and takes(one) & made_for_both()
    ]
    assert on_both or row.id in WITHOUT_ROWS


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.id)
def test_a_guard_has_a_control(row: Row) -> None:
    assert row.control or row.id in NOTHING_TO_TAKE_AWAY
    found = [one.name for source in row.files for one in functions(source) if is_control(one)]
    assert found or row.id in NOTHING_TO_TAKE_AWAY


def is_control(function: ast.FunctionDef) -> bool:
    """Whether a test says that it is one, or is about what happens without a guard."""
    words = (ast.get_docstring(function) or "").lower()
    return function.name.startswith("test_") and (
        "control" in words or "control" in function.name or "without" in function.name
    )


def test_the_table_is_read() -> None:
    """The control: a row that names a proof nobody wrote is found."""
    assert {"P1", "P3", "P6", "P10"} <= {row.id for row in rows()}
    assert called("test_never_written.py") == []
    assert "house" in made_for_both()
    assert "session" not in made_for_both()
