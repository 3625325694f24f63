"""Reads a message a buyer sent elsewhere: who, which number, where to, what. Pure; refuses length alone.

Why: orders come as `Cho mình 2 gói chè móc câu, ship về xóm Đồng Lạnh, Hoa 0912345678`, and typing them
over takes minutes. What is read only fills in a form that a person confirms, so it may miss, but it must
not invent: goods need an amount beside their name, and a text without a number in which most says
nothing about goods is talk, of which nothing is taken. Refuses more than one message's worth.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.errors import N_, DomainError
from core.phone import hide_phones
from core.text import clean_line, fold
from shop.staff.paste_amounts import AskedItem, Ware, has_amount, item_in
from shop.staff.paste_words import (
    ADDRESS_LABEL,
    ADDRESS_START,
    CALLED,
    MEANING_ONESELF,
    MESSENGER_HEAD,
    NAME_LABEL,
    PHONE_LABEL,
)

MOST_LETTERS = 3000
MOST_LINES = 60
_MOST_ITEMS = 6
_NAME_LENGTH, _ADDRESS_LENGTH = 80, 300
_PHONE, _MAYBE = "\ue000", "\ue001"  # private use: nobody types them
_SPLIT = re.compile(rf"(?<!\d),|,(?!\d)|[;•|\n{_PHONE}{_MAYBE}]|\+(?!\d)|(?<=\?)|(?<=\w\w\w)[.!]\s")
_AND = re.compile(r"\s(?:và|va|với|voi|cùng|cung|thêm|them|&|\+)\s", re.IGNORECASE)
_BULLET = re.compile(r"^[\s\-–—*·>.)(]+|[\s\-–—(]+$")
_QUESTION = re.compile(r"\?|\b(?:bao nhieu|may tien|con khong|gia sao|nhiu)\b")
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,4}")


class PasteTooLong(DomainError):
    """More than one message's worth was pasted; `lines` and `letters` are the most that is read."""

    code = "paste_too_long"
    status = 413
    message = N_(
        "Đoạn dán dài quá. Bạn chỉ dán tin nhắn của một khách, nhiều nhất %(lines)s dòng nhé."
    )

    def __init__(self) -> None:
        super().__init__(lines=MOST_LINES, letters=MOST_LETTERS)


@dataclass(frozen=True)
class Pasted:
    """What a message says; "" and () for what it does not. `phone` in E.164.

    `rest` are its words with an amount of something that is not sold here, so that nothing is overlooked.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    items: tuple[AskedItem, ...] = ()
    rest: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether anything of an order was found."""
        return bool(self.phone or self.items or self.address)


@dataclass
class _Draft:
    """What was found so far, on the way through the parts of a message."""

    names: dict[int, str] = field(default_factory=dict)  # by how much we trust it, 0 the most
    address: list[str] = field(default_factory=list)
    items: list[AskedItem] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    goes_on: bool = False  # the part before was an address


@dataclass(frozen=True)
class _Part:
    """Some words between commas, lines or numbers; whether a phone number stands right after or before."""

    text: str
    before_phone: bool
    after_phone: bool


def read(text: str, wares: Sequence[Ware]) -> Pasted:
    """What `text` asks for, of the goods in `wares`.

    Raises:
        PasteTooLong: it has more than `MOST_LETTERS` letters or `MOST_LINES` lines.
    """
    message = plain(text)
    if len(message) > MOST_LETTERS or message.count("\n") >= MOST_LINES:
        raise PasteTooLong()
    draft, phones, count = _Draft(), list[str](), 0
    for line in message.translate({ord(_PHONE): None, ord(_MAYBE): None}).split("\n"):
        said = _without_head(line, draft)
        hidden = hide_phones(said, _PHONE, _MAYBE)
        phones += hidden.phones
        draft.goes_on = False
        for part in _parts(hidden.marked):
            count += 1
            _take(part, draft, wares)
    if not phones and len(draft.items) * 2 < count:
        return Pasted()
    return _read_off(draft, phones)


def plain(text: str) -> str:
    """The message as it is read: composed letters, one sign for a line's end, no space around."""
    return unicodedata.normalize("NFC", text.replace("\r", "")).strip()


def _without_head(line: str, draft: _Draft) -> str:
    """The line without who wrote it, as messengers copy it; labels of ours stay."""
    found = MESSENGER_HEAD.match(line)
    who = found["who"] if found else ""
    folded = fold(who)
    if not found or NAME_LABEL.match(folded) or ADDRESS_LABEL.match(folded) or "\t" in who:
        return line
    if PHONE_LABEL.search(folded) or not _NAME.fullmatch(who):
        return line
    draft.names.setdefault(3, who)
    return line[found.end() :]


def _parts(line: str) -> Iterator[_Part]:
    pieces = _SPLIT.split(line)
    marks = [found[0] in (_PHONE, _MAYBE) for found in _SPLIT.finditer(line)]
    for place, piece in enumerate(pieces):
        text = _BULLET.sub("", piece).strip()
        text = PHONE_LABEL.sub("", fold(text)) and _without_phone_label(text)
        if text:
            before = place < len(marks) and marks[place]
            yield _Part(text, before, place > 0 and marks[place - 1])


def _without_phone_label(text: str) -> str:
    found = PHONE_LABEL.search(fold(text))
    return _BULLET.sub("", text[: found.start()]) if found and _same_length(text) else text


def _same_length(text: str) -> bool:
    """Whether a place in the folded text is the same place in the text."""
    return len(fold(text)) == len(text)


def _take(part: _Part, draft: _Draft, wares: Sequence[Ware]) -> None:
    """Put a part where it belongs: a label decides, then what it looks like, then what stood before."""
    text, folded = part.text, fold(part.text)
    goes_on, draft.goes_on = draft.goes_on, False
    if (label := ADDRESS_LABEL.match(folded)) and _same_length(text):
        after = text[label.end() :]
        if item_in(after, wares) is None:
            draft.goes_on = _add_address(draft, after)
            return
    label = NAME_LABEL.match(folded) if _same_length(text) else None
    if label and (name := _name_of(text[label.end() :])):
        draft.names.setdefault(0, name)
        return
    if ADDRESS_START.match(folded):
        draft.goes_on = _add_address(draft, text)
        return
    items = () if _QUESTION.search(folded) else _items_in(text, wares)
    if items:
        draft.items += items
    elif goes_on and not part.before_phone:
        draft.goes_on = _add_address(draft, text)
    elif (part.before_phone or part.after_phone) and (name := _name_of(text)):
        draft.names.setdefault(1 if part.before_phone else 2, name)
    elif has_amount(text) and not _QUESTION.search(folded):
        draft.rest.append(text)


def _items_in(text: str, wares: Sequence[Ware]) -> Sequence[AskedItem]:
    """The goods in a part; `2 gói chè và 1 kg na` are two where each side of a joining word is one."""
    whole = item_in(text, wares)
    sides = _AND.split(text)
    each = [item for side in sides if (item := item_in(side, wares)) is not None]
    if len(sides) > 1 and len(each) == len(sides):
        return each
    return [whole] if whole is not None else []


def _add_address(draft: _Draft, text: str) -> bool:
    if text.strip():
        draft.address.append(text.strip(" .:-"))
    return True


def _name_of(text: str) -> str:
    """A name of one to five words, as typed; "" where the words are no name."""
    bare = _BULLET.sub("", text.strip(" :=.,"))
    if not _NAME.fullmatch(bare):
        return ""
    words = bare.split()
    if len(words) > 1 and words[0].lower() in MEANING_ONESELF:
        bare = bare.partition(" ")[2]
    is_called = fold(words[0]) in CALLED and len(words) > 1
    is_written_so = all(word[0].isupper() for word in words)
    return bare if is_called or is_written_so or len(words) <= 2 else ""


def _read_off(draft: _Draft, phones: Sequence[str]) -> Pasted:
    name = next((draft.names[trust] for trust in sorted(draft.names)), "")
    return Pasted(
        name=clean_line(name, _NAME_LENGTH),
        phone=phones[0] if phones else "",
        address=clean_line(", ".join(draft.address), _ADDRESS_LENGTH),
        items=tuple(draft.items[:_MOST_ITEMS]),
        rest=tuple(clean_line(one, 120) for one in (*draft.rest, *_over(draft))),
    )


def _over(draft: _Draft) -> Iterator[str]:
    """What was asked for beyond the lines the form has."""
    return (item.words for item in draft.items[_MOST_ITEMS:])
