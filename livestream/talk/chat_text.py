"""What may stand in a line of the room: no addresses to lure people away, no words a seller muted.

Why: links in a sale's chat lead to false shops and false bank pages. Refuses to guess meaning: a word
is found as it is written, at the edges of words.
"""

import re
import unicodedata

from core.text import fold

HIDDEN_LINK = "[liên kết]"

_ENDING = "com|vn|net|org|info|shop|store|xyz|site|online|app|link|io|asia|club|biz|dev|top|page|live|vip|win"
# These endings are Vietnamese words or parts of them: an address only with a path or a known name.
_SHORT_ENDING = "me|co|ly|gl|cc|tv|ai|so|to|in|la|gg|ee|be|us|ru|cn"
_KNOWN = "zalo|t|m|fb|bit|youtu|goo|shorten|tinyurl|s|shope|vt|lin|wa"
_NAME = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_DOT = r"(?:\.|\s?\(\.\)\s?|\s?\[\.\]\s?)"
_REST = r"(?::[0-9]+)?(?:[/?#][^\s]*)?"
_LINK = re.compile(
    rf"(?<![\w@])(?:(?:https?|hxxps?):?/{{1,2}}\S+|www{_DOT}\S+"
    rf"|(?:{_NAME}{_DOT})+(?:{_ENDING})(?![\w-]){_REST}"
    rf"|(?:{_NAME}{_DOT})+(?:{_SHORT_ENDING})/[^\s]+"
    rf"|(?:{_KNOWN}){_DOT}(?:{_SHORT_ENDING})(?![\w-]){_REST})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NOT_WORD = re.compile(r"[\W_]+")


def mask_links(text: str) -> str:
    """Return `text` with each web and mail address replaced by `[liên kết]`.

    Takes addresses without a scheme (`zalo.me/g/x`, `shop-re.vn`), and with a dot in brackets.
    """
    if "." not in text and "/" not in text:
        return text
    return _LINK.sub(HIDDEN_LINK, _MAIL.sub(HIDDEN_LINK, text))


def plain(text: str) -> str:
    """Return the words of `text` in lower case, composed, one space between them."""
    return " ".join(_NOT_WORD.sub(" ", unicodedata.normalize("NFC", text).lower()).split())


def says_one_of(words: frozenset[str], text: str) -> bool:
    """Whether `text` has one of `words` (each as `plain` writes it) between edges of words.

    A word written with marks is found with these marks alone (`lừa đảo`); one written without marks in
    every way it may be marked (`lua dao`).
    """
    if not words:
        return False
    said = f" {plain(text)} "
    bare = fold(said)
    return any(f" {word} " in (bare if fold(word) == word else said) for word in words)
