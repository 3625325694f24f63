"""Text as people type it, made safe to compare, to print and to show.

Why: Vietnamese arrives composed or decomposed, with or without marks, and names must be masked.
Refuses: to guess a language; it knows letters only.
"""

import unicodedata

_D_WITH_STROKE = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co"})


def _without_marks(text: str) -> str:
    spread = unicodedata.normalize("NFD", text.translate(_D_WITH_STROKE))
    return "".join(letter for letter in spread if unicodedata.category(letter) != "Mn")


def fold(text: str) -> str:
    """Return `text` in lower case without Vietnamese marks (đ → d), for search and comparison.

    Composed and decomposed writings of the same word fold alike, and folding twice changes nothing.
    """
    return unicodedata.normalize("NFC", _without_marks(_without_marks(text).lower()))


def ascii_only(text: str) -> str:
    """Return the printable ASCII of `text`: marks stripped, đ → d, case kept, the rest dropped."""
    return "".join(letter for letter in _without_marks(text) if " " <= letter <= "~")


def mask_name(name: str) -> str:
    """Return the first letter and `***`, as the room may see it: `Nguyễn Thị Hoa` → `N***`."""
    letters = [letter for letter in unicodedata.normalize("NFC", name) if letter.isalnum()]
    return (letters[0].upper() if letters else "") + "***"


def mask_phone(phone: str) -> str:
    """Return an E.164 number of Vietnam with its middle hidden: `+84912345678` → `09•• ••• 678`."""
    local = "0" + phone.removeprefix("+84")
    return f"{local[:2]}•• {'•' * (len(local) - 7)} {local[-3:]}"


def clean_line(text: str, max_len: int) -> str:
    """Return `text` as one printable line of at most `max_len` characters.

    Line breaks and runs of space become one space; control, zero-width and direction-override
    characters vanish (they can make a name read as another); composed form (NFC); cut at the end.
    """
    shown = (
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or unicodedata.category(letter) not in _DROPPED
    )
    composed = unicodedata.normalize("NFC", " ".join("".join(shown).split()))
    return composed[:max_len].rstrip()
