"""The words and signs by which a pasted message is read: labels, parts of addresses, talk. Pure tables.

All are folded (`core.text.fold`). Refuses sentences: `paste_reader` puts them together.
"""

import re

PACK_WORDS = frozenset(
    (
        *("goi", "tui", "hop", "hu", "lo", "chai", "thung", "bao", "bich", "bo", "phan", "suat"),
        *("kien", "khay", "ro", "vi", "set", "combo", "cap", "chuc", "qua", "trai", "con", "cai"),
        *("chiec", "cu", "bong", "cay", "mo", "bi", "lon"),
    )
)
"""What people count goods in; whether a listing is sold so is looked up."""

PIECES = {"qua": 1, "trai": 1, "con": 1, "cai": 1, "chiec": 1, "cu": 1, "cap": 2, "chuc": 10}
"""Pieces in one of each word, for goods that are counted."""

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"), start=1
    )
}
"""Numbers in words; they count only with a unit behind them, for `ba` and `năm` are other words too."""

TALK = frozenset(
    (
        *("a", "ad", "ah", "alo", "anh", "ban", "bac", "bao", "bay", "ben", "bi", "cam", "can"),
        *("chao", "chi", "cho", "chot", "chu", "co", "con", "cua", "cung", "da", "dat", "day"),
        *("de", "den", "di", "dum", "duoc", "em", "giao", "gium", "gui", "ha", "hang", "hen"),
        *("ho", "hoi", "hom", "hop", "khong", "ko", "la", "lai", "lam", "lay", "loai", "luon"),
        *("mai", "minh", "moi", "mon", "mua", "nay", "ne", "nha", "nhan", "nhe", "nhe", "nhieu"),
        *("nho", "nua", "oi", "on", "order", "qua", "re", "roi", "sdt", "ship", "shop", "tang"),
        *("them", "thi", "tien", "toi", "tu", "va", "vay", "ve", "voi", "xin", "z", "zalo"),
    )
)
"""Words of talk: typed without marks they are never taken for a word of a name of goods."""

SYNONYMS = {"tra": "che", "heo": "lon", "bap": "ngo", "trai": "qua"}
"""One word for another as people call the same goods, folded."""

MONEY_AND_TIME = re.compile(
    r"(?<!\w)(?:\d[\d.,]*\s*(?:k|d|đ|vnd|dong|nghin|ngan|trieu|tr)(?!\w)"
    r"|\d{1,2}\s*[:h]\s*\d{0,2}(?:p|phut)?(?!\w)|\d{1,2}/\d{1,2}(?:/\d{2,4})?(?!\w))"
)
"""Sums, times and days: numbers that count no goods."""

ADDRESS_LABEL = re.compile(
    r"^(?:dia chi(?: nhan(?: hang)?)?|d/c|dc|ship(?: ve| den| toi| qua)|giao(?: ve| den| toi| qua)"
    r"|gui(?: ve| den| toi| qua)|nhan(?: hang)? (?:tai|o)|nha (?:em|minh|anh|chi) o|noi nhan)"
    r"\b\s*[:=\-]?\s*"
)
ADDRESS_START = re.compile(
    r"^(?:so (?:nha )?\d|s[n]? ?\d+ ngo|\d+[a-z]?(?:/\d+)* (?:ngo|ngach|hem|duong|pho)\b"
    r"|(?:xom|thon|ngo|ngach|hem|duong|pho|phuong|xa|thi tran|huyen|quan|thanh pho|tp|tinh"
    r"|chung cu|toa nha|khu pho|khu do thi|kdt|to dan pho)\b|to \d|p\. ?\w|q\. ?\w|h\. ?\w|tp\. ?\w)"
)
NAME_LABEL = re.compile(
    r"^(?:ho (?:va )?ten|ten(?: nguoi nhan| khach| em| minh)?|nguoi nhan(?: hang)?|khach(?: hang)?"
    r"|(?:em|minh|toi|anh|chi|co|bac) (?:ten )?la|(?:em|minh) ten|nguoi mua)\b\s*[:=\-]?\s*"
)
PHONE_LABEL = re.compile(
    r"(?:^|\b)(?:sdt|s[oố] ?(?:dt|dien thoai)|dt|dien thoai|so may|phone|tel|zalo|lh|lien he|goi)"
    r"\s*[:=\-.]*\s*$"
)
CALLED = frozenset(
    ("chi", "anh", "co", "bac", "chu", "em", "c", "a", "ong", "ba", "me", "mr", "ms")
)
"""What stands before a name."""
MEANING_ONESELF = frozenset(("em", "e", "c", "a", "mình", "tôi", "là"))
"""With marks: what people put before their own name and nobody would write on a parcel."""

MESSENGER_HEAD = re.compile(
    r"^\s*(?:\[[^\]\n]{3,40}\]\s*)?(?P<who>[^\W\d_][^:\n\[\]]{0,38}[^\W\d_])\s*:\s+(?=\S)"
)
"""`[20:05 21/11/2026] Nguyễn Hoa: ` before a message copied out of Zalo or Messenger."""
