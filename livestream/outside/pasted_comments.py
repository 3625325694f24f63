"""Comments out of what people paste: a table with tabs, `nick: text` lines, or blocks as screens copy them.

Pure. What screens put between comments (`Thích`, `Trả lời`, `2 phút`) is dropped. Refuses to guess who
said a line that stands alone.
"""

import re
from collections.abc import Iterable, Sequence

from core.text import clean_line, fold
from livestream.outside.channels import ID_LENGTH, MOST_COMMENTS, NICK_LENGTH, ChannelComment

TEXT_LENGTH = 500
_TIME_LENGTH = 40
_NOISE = re.compile(
    r"(thich|like|tra loi|phan hoi|reply|chia se|share|da chinh sua|edited|xem ban dich|see translation"
    r"|vua xong|just now|[·•.\s]|[0-9]+ ?(giay|phut|gio|ngay|tuan|g|ph|s|m|h|d|w))+"
)
_BADGE = re.compile(
    r"(tac gia|author|fan cung|top fan|nguoi ham mo hang dau|theo doi|follow|da ghim|pinned|[·•.\s])+"
)
_LINE = re.compile(r"([^:\t]{1,80}?)\s*: +(\S.*)")
_NAMES = {
    "nick": (
        "nick",
        "ten",
        "nguoi viet",
        "nguoi binh luan",
        "tai khoan",
        "name",
        "user",
        "username",
        "from",
        "author",
    ),
    "text": (
        "noi dung",
        "binh luan",
        "loi nhan",
        "tin nhan",
        "text",
        "comment",
        "message",
        "content",
    ),
    "at": ("luc", "gio", "thoi gian", "ngay", "time", "date", "at", "created_time", "created at"),
    "comment_id": ("id", "ma", "ma binh luan", "comment id", "comment_id", "id binh luan"),
}
_USUAL = ("nick", "text", "at", "comment_id")

Table = Sequence[Sequence[str]]


def comments_in(text: str) -> tuple[ChannelComment, ...]:
    """The comments of a pasted text, the first `MOST_COMMENTS` of them, in order."""
    lines = [line.strip("\r ") for line in text.split("\n")]
    written = [line for line in lines if line.strip()]
    if sum("\t" in line for line in written) * 2 > len(written):
        return of_table([line.split("\t") for line in written])
    if sum(bool(_LINE.fullmatch(line)) for line in written) * 2 > len(written):
        return _kept(_of_lines(written))
    return _kept(_of_blocks(lines))


def of_table(rows: Table) -> tuple[ChannelComment, ...]:
    """The comments of a table; its first row may say which column is what, else: nick, text, time, id."""
    found = _columns(rows[0]) if rows else {}
    has_header = {"nick", "text"} <= found.keys()
    columns = found if has_header else {name: place for place, name in enumerate(_USUAL)}
    return _kept(_of_row(row, columns) for row in rows[1 if has_header else 0 :])


def as_table(comments: Iterable[ChannelComment]) -> str:
    """Comments as tabbed lines that `comments_in` reads as the same comments."""
    rows = ([one.nick, one.text, one.at, one.comment_id] for one in comments)
    return "\n".join("\t".join(row) for row in (_USUAL, *rows))


def _columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(header):
        said = fold(clean_line(cell, NICK_LENGTH))
        for name, words in _NAMES.items():
            if said == name or said in words:
                found.setdefault(name, place)
    return found


def _of_row(row: Sequence[str], columns: dict[str, int]) -> ChannelComment:
    cells = {name: row[place] for name, place in columns.items() if place < len(row)}
    return ChannelComment(
        nick=cells.get("nick", ""),
        text=cells.get("text", ""),
        at=cells.get("at", ""),
        comment_id=cells.get("comment_id", ""),
    )


def _of_lines(lines: Iterable[str]) -> Iterable[ChannelComment]:
    for line in lines:
        found = _LINE.fullmatch(line)
        if found:
            yield ChannelComment(found[1], found[2])


def _of_blocks(lines: Iterable[str]) -> Iterable[ChannelComment]:
    """A name on a line, what it said on the next; noise or an empty line ends a block, a badge does not."""
    block: list[str] = []
    for line in (*lines, ""):
        said = fold(line.strip())
        if said and _BADGE.fullmatch(said):
            continue
        if said and not _NOISE.fullmatch(said):
            block.append(line)
        else:
            yield from _of_block(block)
            block = []


def _of_block(block: Sequence[str]) -> Iterable[ChannelComment]:
    """A block without anything between its comments is name, text, name, text …"""
    for place in range(0, len(block) - 1, 2):
        yield ChannelComment(block[place], block[place + 1])


def _kept(comments: Iterable[ChannelComment]) -> tuple[ChannelComment, ...]:
    cleaned = (
        ChannelComment(
            nick=clean_line(one.nick.removeprefix("@"), NICK_LENGTH),
            text=clean_line(one.text, TEXT_LENGTH),
            at=clean_line(one.at, _TIME_LENGTH),
            comment_id=clean_line(one.comment_id, ID_LENGTH),
        )
        for one in comments
    )
    return tuple(one for one in cleaned if one.nick and one.text)[:MOST_COMMENTS]
