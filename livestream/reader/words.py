"""The words of order comments, with marks, and what a typed word can mean.

Why: `bó` is a bunch and `bỏ` is a withdrawal; without marks both are `bo`. A word typed with marks means
what is written; typed without, it means what it can be, and where that matters (`bo`, `con`, `dat`) its
neighbours decide (`comment_senses`) or nobody does. Refuses units and numbers (`comment_units`).
"""

import unicodedata
from typing import NamedTuple

from core.text import fold


class Token(NamedTuple):
    """A piece of a comment.

    `kind`: code, number, numword (`hai` without a unit), measure, pack, half (`rưỡi`), times (`x`, `+`),
    each (`mỗi loại`), verb, act (`giữ`: an order only beside a code or a quantity), request (`cho`),
    person, courtesy, separator (`,` `;` line), and (`và` `+`), range, not, withdraw, enough (`thôi`),
    change (`đổi`), vague (`vài`), unsure, if (`nếu`), still (`còn`), question, price, ref (`số`), phone,
    address, all, calling (`ơi`), other; one that begins with `~` has to be made out from its neighbours.
    `text`: the code in upper case, the number as digits, the unit's own name, else the word as typed.
    """

    kind: str
    text: str


_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")

_LISTS = {
    "verb": "chốt,chót,lấy,mua,đặt,order,oder,ord,chốt luôn",
    "act": (
        "!múc,húp,!hốt,rinh,!tậu,ẵm,giữ,book,gom,lên đơn,chốt đơn,lấy đơn,đặt hàng,đặt mua,"
        "đặt đơn,đăng ký,đăng kí,để dành,để phần,để lại,order hàng,mua hàng,lấy hàng"
    ),
    "request": "cho,xin",
    "person": "em,e,chị,c,anh,!cô,!chú,!bác,!dì,cháu,mình,m,mik,mk,!tôi,tui,!tớ,!bạn,t",
    "courtesy": (
        "!ạ,a,á,!à nha,nhé,nhe,nhá,nha,nhà,nghen,nghe,hen,nè,nek,giúp,giùm,dùm,hộ,dạ,vâng,"
        "oki,okie,okela,okey,shop,shp,sop,ad,admin,luôn,ngay,liền,gấp,thêm,!nữa,"
        "cũng,cám ơn,cảm ơn,cảm ơn nhiều,thanks,thank,thank you,tks,thks,đơn,món,hàng,"
        "sản phẩm,mặt hàng,này,đây,với ạ,hihi,hehe,hì,hjhj,!ạh,ah,xin phép,làm ơn,"
        "vui lòng,chào,xin chào,chào shop,hello,hi,alo,alô,!vậy,z,nhen,"
        "nhà mình,nhà em,ừ,uk,yes,tiếp,!đó,xin lỗi,sorry,bé,sđt,sdt,đt,điện thoại,"
        "tel,phone,số điện thoại,lh,liên hệ,thưa,pls,please"
    ),
    "calling": "ơi,!ui,!êi,oi",
    "ref": "!mã,!số,mã số,mã hàng,code",
    "times": "x,sl,×,*,số lượng",
    "each": (
        "mỗi loại,mỗi thứ,mỗi mã,mỗi món,mỗi cái,mỗi em,mỗi bé,mỗi sp,mỗi sản phẩm,"
        "mỗi mặt hàng,mỗi đứa,mỗi bạn,mỗi kiểu,mỗi vị,mỗi,m loại,m thứ"
    ),
    "and": "!và,!với,vs,va,voi,cùng với,kèm,!cộng",
    "range": "!đến,!hoặc,hay là,hoặc là,den,hoac",
    "not": "không,ko,k,kh,hông,hong,hok,hem,hổng,khong,khum,kô,kg không",
    "never": "khỏi,đừng,chớ",
    "withdraw": (
        "hủy,!bỏ,cancel,huỷ đơn,hủy đơn,hủy chốt,hủy đặt,hủy lấy,!bỏ đơn,!bỏ chốt,hủy hàng"
    ),
    "enough": "thôi",
    "change": "!đổi,thay,chuyển,sửa,bớt,giảm,tăng,trả lại,hoàn lại,!rút,gộp,thay bằng",
    "vague": (
        "vài,!ít,!chút,một ít,một chút,một vài,vài ba,như,như cũ,khoảng,!tầm,đôi ba,dăm,trăm,"
        "dăm ba,!mớ,!đống,chắc,hơn,gần,tối đa,ít nhất"
    ),
    "all": "hết,tất cả,toàn bộ,!cả",
    "unsure": "!rồi,r,thích,hay,bao,!xong,!chỉ,là,bỏ giỏ,bỏ vào,roi,nhieu,lại,!mai,lát,!tí",
    "if": "nếu,!nêu,thì,!nhỡ,!lỡ,giả sử,khi,hễ,nếu như,nếu mà,lỡ mà,miễn là,trừ khi,neu",
    "still": "!còn,còn hàng,con hang",
    "question": (
        "giá,bao nhiêu,bao nhiu,bao nhiêu tiền,bao tiền,nhiêu,nhiu,bn,bnhieu,bnhiu,bnh,ship,"
        "sip,ib,inbox,check,mấy,nào,!sao,sao,gì,đâu,chưa,!hả,!hở,!hử,!à,nhỉ,bao giờ,bao lâu,"
        "thế nào,như thế nào,ntn,làm sao,tại sao,vì sao,ở đâu,khi nào,lúc nào,tư vấn,hỏi,"
        "cho hỏi,xem,coi,thông tin,chi tiết,rep,phải không,được không,đc không,có không,ai,"
        "bao ship,hay sao,chứ,review,cho xem,xin giá,khi nao,tv"
    ),
    "address": "địa chỉ,đ/c,giao về,giao đến,giao tới,gửi về",
    "~bo": "bo",
    "~con": "con",
    "~person": "co,chu,bac,toi,to,ban",
    "~verb": "dat",
    "~want": "can,cần,muốn",
    "~ref": "ma,so",
    "~sell": "!bán,gửi,đóng",
    "~half": "nửa,nua,nưa",
    "~change": "doi",
    "~keep": "để,de",
    "~kind": "loại,size,cỡ",
    "~go": "đi",
    "~of": "của,ok,oke",
    "~love": "yêu,iu",
    "~support": "ủng hộ",
    "~crowd": "cả nhà,mọi người,mn,bà con,các bạn,anh chị,các bác",
    "other": "ca,mà",
}
"""By kind, the words and phrases with marks; `!` has no form without marks. The first list to hold a
form keeps it, and a form as it is written wins over one that lost its marks."""


def spellings(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How a word is typed: with its tone on any vowel, and without its tone or any marks.

    `hủy` and `huỷ` are one word, and `chôt` is `chốt` with a tone forgotten.
    """
    spread = unicodedata.normalize("NFD", word)
    tone = next((mark for mark in spread if mark in _TONES), "")
    bare = unicodedata.normalize("NFC", "".join(mark for mark in spread if mark not in _TONES))
    moved = [
        unicodedata.normalize("NFC", bare[: place + 1] + tone + bare[place + 1 :])
        for place, letter in enumerate(bare)
        if tone and " " not in bare and letter in _VOWELS
    ]
    return (word, *moved), (bare, fold(word))


def _lexicon() -> dict[str, Token]:
    known: dict[str, Token] = {}
    for bare in (0, 1):
        for kind, words in _LISTS.items():
            for word in words.split(","):
                forms = () if bare and word.startswith("!") else spellings(word.lstrip("!"))[bare]
                for form in forms:
                    known.setdefault(form, Token(kind, form))
    return known


LEXICON = _lexicon()
"""Every form of every word and phrase, as it may be typed in lower case, and what it means."""

_PHRASES = [form for form in LEXICON if " " in form]
PHRASE_STARTS = frozenset(phrase.split(" ")[0] for phrase in _PHRASES)
"""Words that begin a phrase."""

LONGEST_PHRASE = max(phrase.count(" ") + 1 for phrase in _PHRASES)
"""Words in the longest phrase."""
