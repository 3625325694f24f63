"""QR pictures: SVG for pages and print, PNG for phones to keep and share.

One path instead of a thousand squares makes the SVG a third of the usual size. Refuses colours and
logos inside: a bank app must read it from a scratched screen.
"""

import io
from itertools import groupby

from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET_MODULES = 4
"""The empty margin every reader may count on (ISO/IEC 18004, 6.3.8)."""
_MODULE_PX = 10
_WHITE = 255

Matrix = list[list[bool]]


def svg(payload: str) -> str:
    """The QR of `payload` (error correction M) as an SVG document of one path, ink on white."""
    matrix = _matrix(payload)
    side = len(matrix)
    runs = "".join(_run(x, y, width) for y, row in enumerate(matrix) for x, width in _dark(row))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#1D2A22" d="{runs}"/></svg>'
    )


def png(payload: str) -> bytes:
    """The QR of `payload` as a black-and-white PNG, ten pixels a module."""
    matrix = _matrix(payload)
    side = len(matrix)
    cells = bytes(0 if dark else _WHITE for row in matrix for dark in row)
    picture = Image.frombytes("L", (side, side), cells)
    large = picture.resize((side * _MODULE_PX, side * _MODULE_PX), Image.Resampling.NEAREST)
    file = io.BytesIO()
    large.convert("1").save(file, "PNG", optimize=True)
    return file.getvalue()


def dark_runs(payload: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The QR of `payload` for whoever draws it elsewhere: its side in modules, quiet margin included, and
    its dark runs as (column, row, length), the top row first."""
    matrix = _matrix(payload)
    runs = ((x, y, width) for y, row in enumerate(matrix) for x, width in _dark(row))
    return len(matrix), tuple(runs)


def _matrix(payload: str) -> Matrix:
    code: QRCode = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_MODULES)  # type: ignore[type-arg]
    code.add_data(payload)
    code.make()
    matrix: Matrix = code.get_matrix()
    return matrix


def _dark(row: list[bool]) -> list[tuple[int, int]]:
    """The dark runs of a row as (start, width)."""
    runs, at = [], 0
    for dark, cells in groupby(row):
        width = len(list(cells))
        if dark:
            runs.append((at, width))
        at += width
    return runs


def _run(x: int, y: int, width: int) -> str:
    return f"M{x} {y}h{width}v1h-{width}z"
