"""Reads what buyers write: an order, a withdrawal, a question, chat, or something a person must look at.

Why: people type `chốt A1 2kg ạ`, and a false claim is worse than a missed one. So a comment becomes an
order only if every word in it belongs in one; a question is never an order; whatever is near an order
but not clear is `ambiguous` and says why. Refuses to know stock, prices and who is writing. The grammar
in words, with a table of phrases that a test reads: docs/algorithms/claim_reader.md.
"""

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from core.phone import hide_phones
from livestream.reader.amounts import MOST_PACKS, PinSize, Unclear
from livestream.reader.items import Item, UnclearItem, bare_codes, items_of, main_item
from livestream.reader.senses import made_out
from livestream.reader.tokens import MAYBE_MARK, PHONE_MARK, tokens_of
from livestream.reader.words import Token

__all__ = ["MOST_LETTERS", "MOST_PACKS", "Item", "PinSize", "Reading", "UnclearItem", "read"]

Kind = Literal["claim", "withdraw", "question", "chat", "ambiguous"]

MOST_LETTERS = 500
"""A longer comment is cut and a person looks at it."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]"
)
_UNREAD = re.compile("[\u200c\u200d\ufe0e\ufe0f\u20e3]")
_WIDE = re.compile("[\uff01-\uff5e]")
_FRACTIONS = {"½": " 1/2 ", "¼": " 1/4 ", "¾": " 3/4 "}
_HIDES_AN_ORDER = frozenset(
    ("other", "unsure", "if", "quote", "enough", "change", "price", "measure", "maybe")
)
_DENIES = frozenset(("withdraw", "refuse"))
_IN_A_WITHDRAWAL = _DENIES | frozenset(
    (
        "enough",
        "code",
        "courtesy",
        "person",
        "calling",
        "separator",
        "and",
        "phone",
        "request",
        "all",
    )
)
_ORDERS = frozenset(("verb", "act", "times", "number", "each", "vague", "range", "price"))
_ALONE = frozenset(("code", "courtesy", "separator", "person", "phone", "calling", "and"))


@dataclass(frozen=True)
class Reading:
    """What a comment says.

    `items` are clear; a `claim` or `withdraw` may leave others to a person (`unclear`), and `why` is then
    the reason of the first. `masked` is the text without phone numbers, the only form shown or kept;
    `phone` the first number in it (E.164), for who orders without having given one.
    """

    kind: Kind
    items: tuple[Item, ...]
    masked: str
    why: str = ""
    phone: str | None = None
    unclear: tuple[UnclearItem, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        """Whether a moderator should look at it."""
        return self.why != ""


@dataclass(frozen=True)
class _Meant:
    """What the words say, without the text they stood in."""

    kind: Kind
    items: tuple[Item, ...] = ()
    why: str = ""
    unclear: tuple[UnclearItem, ...] = ()


def read(
    text: str, pins: Mapping[str, PinSize], main: str | None, *, bare_numbers: bool = False
) -> Reading:
    """Read one comment; never raises, whatever it holds.

    `pins` are the codes of the session (upper case), `main` the code of the pin on show, if any;
    `bare_numbers` says that the session calls its goods by numbers alone (`12`). A code nobody pinned is
    an unclear item. `withdraw` without items takes back the one claim the buyer has.
    """
    shown = _UNSEEN.sub("", unicodedata.normalize("NFC", text[: 4 * MOST_LETTERS]))
    hidden = hide_phones(shown[: MOST_LETTERS + 40], PHONE_MARK, MAYBE_MARK)
    phone = hidden.phones[0] if hidden.phones else None
    if len(shown) > MOST_LETTERS:
        return Reading("ambiguous", (), hidden.masked[:MOST_LETTERS], "too_long", phone)
    tokens = tokens_of(_plain(hidden.marked), frozenset(pins))
    if bare_numbers:
        tokens = bare_codes(tokens, pins)
    meant = _meant(made_out(tokens), pins, main)
    return Reading(meant.kind, meant.items, hidden.masked, meant.why, phone, meant.unclear)


def _plain(text: str) -> str:
    """Lower case, with wide letters (`Ａ１`) and drawn fractions (`½`) as everybody types them."""
    if not text.isascii():
        text = _UNREAD.sub("", text)
        text = _WIDE.sub(lambda found: chr(ord(found[0]) - 0xFEE0), text)
        for sign, written in _FRACTIONS.items():
            text = text.replace(sign, written)
    return unicodedata.normalize("NFC", text.lower())


def _meant(tokens: list[Token], pins: Mapping[str, PinSize], main: str | None) -> _Meant:
    kinds = {token.kind for token in tokens}
    try:
        if "question" in kinds:
            return _Meant("question")
        if "still" in kinds:
            return _asks_or_hopes(kinds)
        if kinds & _DENIES or _gives_up(tokens, kinds):
            return _withdrawn(tokens, kinds, pins)
        return _ordered(tokens, kinds, pins, main)
    except Unclear as unclear:
        return _Meant("ambiguous", why=unclear.why)


def _asks_or_hopes(kinds: set[str]) -> _Meant:
    """`A1 còn` asks; `còn A1 thì lấy 2` wants it if there is any."""
    if kinds & {"if", "verb", "act", "number", "refuse", "withdraw"}:
        raise Unclear("two_meanings")
    return _Meant("question")


def _gives_up(tokens: Sequence[Token], kinds: set[str]) -> bool:
    """`thôi A1` gives A1 up; any other `thôi` decides nothing by itself."""
    return "enough" in kinds and any(
        token.kind == "enough" and after.kind == "code"
        for token, after in itertools.pairwise(tokens)
    )


def _withdrawn(tokens: list[Token], kinds: set[str], pins: Mapping[str, PinSize]) -> _Meant:
    """The codes taken back; anything but codes and courtesy beside them makes it unclear."""
    if not kinds <= _IN_A_WITHDRAWAL:
        is_talk = kinds.isdisjoint({"code", "verb", "act", "number", "refuse"}) and "other" in kinds
        if is_talk and not any(
            token.text.startswith(("h", "cancel")) for token in _of(tokens, "withdraw")
        ):
            return _Meant("chat")
        raise Unclear("withdrawal_and_more")
    codes = list(dict.fromkeys(token.text for token in _of(tokens, "code")))
    items = tuple(Item(code, 0) for code in codes if code in pins)
    unclear = tuple(UnclearItem(code, "unknown_code") for code in codes if code not in pins)
    if unclear and not items:
        raise Unclear("unknown_code")
    return _Meant("withdraw", items, unclear[0].why if unclear else "", unclear)


def _of(tokens: Sequence[Token], kind: str) -> list[Token]:
    return [token for token in tokens if token.kind == kind]


def _ordered(
    tokens: list[Token], kinds: set[str], pins: Mapping[str, PinSize], main: str | None
) -> _Meant:
    """An order if nothing but an order is said; unclear if it is near one; else chat."""
    if kinds & _HIDES_AN_ORDER or "all" in kinds:
        _require_talk(tokens, kinds)
        return _Meant("chat")
    if "code" in kinds:
        items, unclear = items_of(tokens, pins)
        if not items:
            raise Unclear(unclear[0].why)
        return _Meant("claim", items, unclear[0].why if unclear else "", unclear)
    if kinds & _ORDERS or "request" in kinds:
        return _Meant("claim", (main_item(tokens, kinds, pins, main),))
    return _Meant("chat")


def _require_talk(tokens: list[Token], kinds: set[str]) -> None:
    """Raise Unclear where words nobody expected stand in what may be an order."""
    parts = sum(
        bool(kinds & group)
        for group in (
            {"code", "maybe"},
            {"verb", "act"},
            {"number", "vague", "price", "range"},
            {"change"},
            {"request"},
        )
    )
    if kinds & {"other", "price"} and parts < 2:
        return
    if parts == 0 and kinds.isdisjoint({"enough"}):
        return
    if parts == 0 and not kinds <= {"enough", "courtesy", "person", "calling"}:
        return
    raise Unclear(_why(kinds))


def _why(kinds: set[str]) -> str:
    if "other" in kinds:
        return "other_words"
    if "change" in kinds:
        return "withdrawal_and_more"
    if "price" in kinds:
        return "other_words"
    return "unit_without_number" if "measure" in kinds else "two_meanings"
