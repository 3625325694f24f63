"""Makes out from its neighbours what a word means that can mean several things.

Why: `không lấy` takes back, `còn không` asks, `không cay` praises; `con` is a child, or `còn` without its
marks. Refuses to guess: what neighbours do not settle becomes `unsure`, and an `unsure` makes no order.
"""

from collections.abc import Callable

from livestream.reader.units import CERTAIN_NUMBERS, UNITS
from livestream.reader.words import Token

_ACTS = frozenset(("verb", "act"))
_SOMEBODY = frozenset(("person", "~con", "~person"))
_WANTED = frozenset(("code", "number"))
_AFTER_A_QUESTION = frozenset(
    (
        *("courtesy", "calling", "person", "phone", "separator", "question", "end", "quote", "and"),
        *("~con", "~crowd", "~go", "~of", "~love"),
    )
)
_NO_ADDRESS = frozenset(
    ("code", "verb", "act", "withdraw", "refuse", "question", "if", "still", "change", "enough")
)
_END = Token("end", "")
_COURTESY, _UNSURE, _OTHER = Token("courtesy", ""), Token("unsure", ""), Token("other", "")
_PERSON, _ACT, _VERB = Token("person", ""), Token("act", ""), Token("verb", "")
_REFUSE, _QUESTION, _CHANGE = Token("refuse", ""), Token("question", ""), Token("change", "")

_NOT_YET = frozenset(("chưa", "chua"))

Sense = Callable[[list[Token], int], tuple[Token, int]]
"""What the token at a place means, and how many tokens say it."""


def made_out(tokens: list[Token]) -> list[Token]:
    """The same tokens, none of them `~…`, `not`, `never`, `pack`, `numword` or `ref` any more."""
    kinds = {token.kind for token in tokens}
    if kinds & _SENSES.keys():
        told: list[Token] = []
        place = 0
        while place < len(tokens):
            sense = _SENSES.get(tokens[place].kind)
            token, taken = sense(tokens, place) if sense else (tokens[place], 1)
            told.append(token)
            place += taken
        tokens = told
    return _without_address(tokens) if "address" in kinds else tokens


def _at(tokens: list[Token], place: int) -> Token:
    return tokens[place] if 0 <= place < len(tokens) else _END


def _not(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`không` before a verb refuses, at the end asks, before another word denies that."""
    after = _at(tokens, place + 1).kind
    if after in _ACTS or after == "~verb":
        return _REFUSE, 2
    if after == "~want":
        return _REFUSE, 3 if _at(tokens, place + 2).kind in _ACTS else 2
    if after in _AFTER_A_QUESTION:
        is_alone = {token.kind for token in tokens} <= {"not", "courtesy", "person", "calling"}
        return (_COURTESY if is_alone else _QUESTION), 1
    return (_OTHER if after in {"other", "question", "still", "price", "pack"} else _UNSURE), 1


def _never(tokens: list[Token], place: int) -> tuple[Token, int]:
    if tokens[place].text in {"khỏi", "khoi"} and _at(tokens, place + 1).kind in _ACTS:
        return _REFUSE, 2
    return _UNSURE, 1


def _question(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`chưa lấy` asks nothing, nor does `không lấy đâu`."""
    word, after = tokens[place].text, _at(tokens, place + 1).kind
    if word in _NOT_YET and after in _ACTS | {"withdraw"}:
        return _UNSURE, 1
    denies = any(
        token.kind in {"not", "never"} or token.text in _NOT_YET for token in tokens[:place]
    )
    if word in {"đâu", "dau"} and denies:
        return (_COURTESY if after in _AFTER_A_QUESTION else _UNSURE), 1
    return tokens[place], 1


def _person(tokens: list[Token], place: int) -> tuple[Token, int]:
    """Two people before a verb (`bạn em lấy`) are somebody else, and so is `bạn lấy`."""
    after, then = _at(tokens, place + 1).kind, _at(tokens, place + 2).kind
    before = _at(tokens, place - 1).kind
    word = tokens[place].text
    if after in _ACTS and word in {"bạn", "ban"}:
        return _UNSURE, 1
    if after in _SOMEBODY and then in _ACTS and before != "request":
        return _UNSURE, 1
    if after in _SOMEBODY and before == "number" and then != "calling":
        return _UNSURE, 1  # `2 anh em` are people
    return tokens[place], 1


def _perhaps_person(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`con`, `co`, `toi` … without marks are people only where a person is expected."""
    after, before = _at(tokens, place + 1), _at(tokens, place - 1)
    if tokens[place].text == "ban" and after.kind in _ACTS:
        return _UNSURE, 1
    if tokens[place].text == "co" and after.kind in _ACTS:
        return _UNSURE, 1  # cô lấy, or có lấy
    if after.kind in _ACTS | {"request", "calling"} or before.kind == "request":
        return _PERSON, 1
    if tokens[place].text == "con" and before.kind in _ACTS and after.kind == "code":
        return _COURTESY, 1
    return _UNSURE, 1


def _dat(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`dat` is đặt before what is ordered, else it may be đắt."""
    after = _at(tokens, place + 1).kind
    return (_VERB if after in _WANTED | {"request"} else _UNSURE), 1


def _want(tokens: list[Token], place: int) -> tuple[Token, int]:
    is_said = _at(tokens, place + 1).kind in _ACTS | {"~verb", "withdraw"}
    return (_COURTESY if is_said else _UNSURE), 1


def _ref(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`mã A1`, `số 0912…`; `số 5` is neither a quantity nor one of our codes."""
    after = _at(tokens, place + 1).kind
    if after in {"code", "phone", "ref", "~ref"}:
        return _COURTESY, 1
    return (_UNSURE if after == "number" else _OTHER), 1


def _offer(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`bán cho em`, `gửi em` ask for goods; `bán A1` does not."""
    after = _at(tokens, place + 1).kind
    return (_ACT if after in _SOMEBODY | {"request"} else _OTHER), 1


def _keep(tokens: list[Token], place: int) -> tuple[Token, int]:
    after = _at(tokens, place + 1).kind
    return (_ACT if after in _SOMEBODY | _WANTED | {"request"} else _UNSURE), 1


def _half(tokens: list[Token], place: int) -> tuple[Token, int]:
    return (_UNSURE if tokens[place].text == "nửa" else _COURTESY), 1


def _sort(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`loại 200g` names a pack, `loại 1` a grade."""
    is_grade = _at(tokens, place + 1).kind == "number" and not _is_measure(_at(tokens, place + 2))
    return (_UNSURE if is_grade else _COURTESY), 1


def _support(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`ủng hộ shop 2 A1` orders; without a code and a quantity it cheers."""
    kinds = {token.kind for token in tokens}
    return (_COURTESY if kinds >= _WANTED else _UNSURE), 1


def _crowd(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`cả nhà chốt A1 đi` is said to others."""
    after = [_at(tokens, place + 1).kind, _at(tokens, place + 2).kind]
    if any(token.kind in _ACTS for token in tokens[:place]):
        return _UNSURE, 1
    calls = after[0] in _ACTS or (after[0] == "calling" and after[1] in _ACTS)
    return (_UNSURE if calls else _COURTESY), 1


def _go(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`chốt A1 đi shop` asks the shop, `mua đi` and `mua A1 đi` may be said to others."""
    kinds = {token.kind for token in tokens}
    to_shop = any(token.text in _SHOP for token in tokens)
    urges = bool(kinds & _ACTS) and not kinds & {"number", "person", "request", "~con"}
    return (_UNSURE if urges and not to_shop else _COURTESY), 1


_SHOP = frozenset(("shop", "shp", "sop", "ad", "admin"))


def _of(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`A1 của em` and `A1 ok` may tell of A1; beside an order they say nothing."""
    orders = any(token.kind in _ACTS | {"number", "request"} for token in tokens)
    tells = _at(tokens, place - 1).kind == "code" and not orders
    return (_UNSURE if tells else _COURTESY), 1


def _love(tokens: list[Token], place: int) -> tuple[Token, int]:
    return (_UNSURE if _at(tokens, place + 1).kind == "code" else _COURTESY), 1


def _pack(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`gói A1` and `gói này` are one, `gói 200g` says which; alone it may be `gọi`."""
    after, before = _at(tokens, place + 1), _at(tokens, place - 1).kind
    if before != "withdraw" and (after.kind == "code" or after.text == "này"):
        return _COURTESY, 1
    if after.kind == "number" and _is_measure(_at(tokens, place + 2)):
        return _COURTESY, 1
    is_counted = before in {"vague", "range", "each"}
    return (_COURTESY if is_counted else _UNSURE), 1


def _is_measure(token: Token) -> bool:
    return token.kind == "unit" and UNITS[token.text].kind == "measure"


def _number_word(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`A1 hai` and `hai A1` are two; `anh Hai lấy` is a man."""
    word = tokens[place].text
    beside = {_at(tokens, place - 1).kind, _at(tokens, place + 1).kind}
    if word in CERTAIN_NUMBERS and beside & {"code", "each"}:
        return Token("number", _VALUES.get(word, word)), 1
    return (_UNSURE if "code" in beside else _OTHER), 1


_VALUES = {"một": "1", "mot": "1", "hai": "2", "bốn": "4", "sáu": "6", "mười": "10"}


def _request(tokens: list[Token], place: int) -> tuple[Token, int]:
    """`cho em` and `cho 2` ask for goods; any other `cho` says nothing."""
    after = _at(tokens, place + 1).kind
    return (tokens[place] if after in _SOMEBODY | _WANTED | {"request"} else _COURTESY), 1


_SENSES: dict[str, Sense] = {
    "not": _not,
    "never": _never,
    "question": _question,
    "person": _person,
    "request": _request,
    "ref": _ref,
    "~ref": _ref,
    "pack": _pack,
    "numword": _number_word,
    "~bo": lambda tokens, place: (_UNSURE, 1),
    "~con": _perhaps_person,
    "~person": _perhaps_person,
    "~verb": _dat,
    "~want": _want,
    "~sell": _offer,
    "~keep": _keep,
    "~half": _half,
    "~kind": _sort,
    "~support": _support,
    "~go": _go,
    "~of": _of,
    "~love": _love,
    "~crowd": _crowd,
    "~change": lambda tokens, place: (_CHANGE, 1),
}


def _without_address(tokens: list[Token]) -> list[Token]:
    """An order ends where the address begins, if nothing but an address follows."""
    place = next(index for index, token in enumerate(tokens) if token.kind == "address")
    tail = [token.kind for token in tokens[place + 1 :]]
    is_given = ("number" in tail or tail.count("other") > 1) and not _NO_ADDRESS & set(tail)
    before = _at(tokens, place - 1)
    if is_given and before.text != "xin":
        return [*tokens[:place], *(token for token in tokens[place:] if token.kind == "phone")]
    return [*tokens[:place], _OTHER, *tokens[place + 1 :]]
