"""Names, docstrings and types: what a reader meets first."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.test_arrows import EDGES, INNER
from tests.house.tree import (
    Function,
    Source,
    breaches,
    calls,
    dotted,
    functions,
    our_files,
    package_files,
    snippet,
    tracked_files,
)

# Names that say nothing, so that anything may hide under them.
EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers"}
# Files at the border that read a float in order to refuse it or pass it on as data.
FLOAT_BORDERS = {"core/strict_json.py"}
# Unit endings of names that hold whole numbers.
WHOLE_UNITS = ("_vnd", "_ms", "_base", "_packs", "_grams", "_ml")


def empty_name(path: str) -> list[str]:
    """Name the path when one of its parts is a banned word."""
    words = {word for part in Path(path).with_suffix("").parts for word in part.split("_")}
    return [f"{path}: say what is in it"] if words & EMPTY_NAMES else []


def silent_module(source: Source) -> list[str]:
    """Name the file when it has content but no module docstring."""
    silent = bool(source.tree.body) and ast.get_docstring(source.tree) is None
    return [f"{source.path}: the module says nothing about itself"] if silent else []


def silent_doors(source: Source) -> list[str]:
    """Name each public function of a door file that has no docstring."""
    # A check of fsck is called by its registered name only, and the name says it.
    inside = (INNER | EDGES) & set(source.parts) or source.parts[-1].startswith("_")
    return [
        f"{source.path}:{node.lineno}: {node.name} is a door without a docstring"
        for node in source.tree.body
        if not inside and isinstance(node, Function) and not node.name.startswith("_")
        if ast.get_docstring(node) is None and not _is_registered(node)
    ]


def _is_registered(node: Function) -> bool:
    decorators = [each.func for each in node.decorator_list if isinstance(each, ast.Call)]
    return any(dotted(each).rpartition(".")[2] == "check" for each in decorators)


def vague_signatures(source: Source) -> list[str]:
    """Name each public function with `Any` in its arguments or answer (`**kwargs` apart)."""
    return [
        f"{source.path}:{node.lineno}: Any in the signature of {node.name}"
        for node in functions(source)
        if not node.name.startswith("_")
        if any(_names_any(annotation) for annotation in _annotations(node))
    ]


def _annotations(node: Function) -> Iterator[ast.expr]:
    for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
        if argument.annotation is not None:
            yield argument.annotation
    if node.returns is not None:
        yield node.returns


def _names_any(annotation: ast.expr) -> bool:
    return any(
        dotted(part).rpartition(".")[2] == "Any"
        for part in ast.walk(annotation)
        if isinstance(part, ast.Name | ast.Attribute)
    )


def floats(source: Source) -> list[str]:
    """Name each `float(...)`, and each amount, quantity or time that is declared a float."""
    made = [
        f"{source.path}:{line}: no floats"
        for name, line in calls(source)
        if name == "float" and source.path not in FLOAT_BORDERS
    ]
    declared = [
        f"{source.path}:{node.lineno}: {name} is a whole number"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.arg | ast.AnnAssign)
        if (name := _declared_name(node)).endswith(WHOLE_UNITS) and _is_float(node.annotation)
    ]
    return made + declared


def _declared_name(node: ast.arg | ast.AnnAssign) -> str:
    return node.arg if isinstance(node, ast.arg) else dotted(node.target)


def _is_float(annotation: ast.expr | None) -> bool:
    return annotation is not None and "float" in ast.unparse(annotation)


def prints(source: Source) -> list[str]:
    """Name each print outside commands: a server logs, it does not print."""
    return [
        f"{source.path}:{line}: no print"
        for name, line in calls(source)
        if name == "print" and "commands" not in source.parts
    ]


def test_files_are_named_for_what_they_hold() -> None:
    code = [path for path in tracked_files() if Path(path).suffix in {".py", ".js", ".html"}]
    assert [found for path in code for found in empty_name(path)] == []


def test_an_empty_name_is_seen() -> None:
    assert empty_name("shop/utils.py")
    assert empty_name("shop/order_helpers.py")
    assert not empty_name("shop/orders.py")


def test_every_module_says_why_it_exists() -> None:
    assert breaches(silent_module, our_files()) == []


def test_a_silent_module_is_seen() -> None:
    assert silent_module(snippet("shop/orders.py", "x = 1"))


def test_every_door_has_a_docstring() -> None:
    assert breaches(silent_doors, package_files()) == []


def test_a_silent_door_is_seen() -> None:
    assert silent_doors(snippet("shop/orders.py", "def place(): ..."))
    assert not silent_doors(snippet("shop/orders.py", "def _place(): ..."))
    assert not silent_doors(snippet("shop/views.py", "def place(): ..."))
    assert not silent_doors(snippet("shop/checks.py", "@check('sums')\ndef sums_agree(): ..."))


def test_public_signatures_say_their_types() -> None:
    assert breaches(vague_signatures, package_files()) == []


def test_a_vague_signature_is_seen() -> None:
    assert vague_signatures(snippet("shop/orders.py", "def place(x: dict[str, Any]): ..."))
    assert vague_signatures(snippet("shop/orders.py", "def place() -> typing.Any: ..."))
    assert not vague_signatures(snippet("shop/orders.py", "def place(x: int, **kw: Any): ..."))


def test_money_quantities_and_times_are_never_floats() -> None:
    assert breaches(floats, package_files()) == []


def test_a_float_is_seen() -> None:
    assert floats(snippet("shop/totals.py", "x = float('1.5')"))
    assert floats(snippet("shop/totals.py", "def pay(sum_vnd: float | None): ..."))
    assert floats(snippet("shop/totals.py", "class Line:\n    price_vnd: Mapped[float]"))


def test_servers_do_not_print() -> None:
    assert breaches(prints, package_files()) == []


def test_a_print_is_seen() -> None:
    assert prints(snippet("shop/orders.py", "print('here')"))
    assert not prints(snippet("shop/commands.py", "print('done')"))
