"""Lines in, one JSON line out for each: what the commands that filter share.

Refuses to stop at a bad line: a byte that is no UTF-8 text is a line like any other, told so by its answer.
"""

import json
import sys
from collections.abc import Iterator

import click

from core.client_ids import JsonObject

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LINE_ENDS = b"\r\n"


class _Words(click.ParamType[str]):
    """An argument that is UTF-8 text: other bytes reach us as halves of letters that nothing takes."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        try:
            value.encode()
        except UnicodeEncodeError:
            self.fail("is not UTF-8 text", param, ctx)
        return value


WORDS = _Words()


def given() -> Iterator[str | None]:
    """The lines of standard input without their ends and without a byte order mark at the beginning.

    None stands for a line that is no UTF-8 text. Empty lines are lines.
    """
    for at, raw in enumerate(sys.stdin.buffer):
        line = raw.rstrip(_LINE_ENDS)
        yield _text(line.removeprefix(_BYTE_ORDER_MARK) if at == 0 else line)


def answer(fields: JsonObject) -> None:
    """Print one result line, in UTF-8 whatever the terminal is set to."""
    click.echo(json.dumps(fields, ensure_ascii=False).encode())


def _text(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None
