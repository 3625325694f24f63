"""What may stand in a line of the room: links masked, muted words found as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.talk.chat_text import HIDDEN_LINK, mask_links, plain, says_one_of


@pytest.mark.parametrize(
    "link",
    [
        "https://shop-re.vn/che?x=1",
        "http://1.2.3.4/a",
        "HTTPS://EVIL.TEST",
        "www.che-gia.test/abc",
        "zalo.me/g/abc123",
        "t.me/kenh",
        "bit.ly/3xYz",
        "nhan-qua.com",
        "quà.nhan-qua.com.vn/a/b",
        "nhanqua(.)com",
        "vietcombank.xac-nhan.top",
        "ban@che.vn",
    ],
)
def test_an_address_is_masked_and_the_words_around_it_stay(link: str) -> None:
    masked = mask_links(f"vào {link} nhận quà")
    assert masked.startswith("vào ")
    assert masked.endswith(" nhận quà")
    assert HIDDEN_LINK in masked
    assert "nhan-qua" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "chốt A1 2kg.co ai lấy không",
        "giá 65.000 đ/gói",
        "ngon lắm.cho mình 2 gói",
        "1,5 cân... 2/3 thôi nhé",
        "A1.me ơi",
        "10h30 21/11/2026",
        "0.5kg x 2",
    ],
)
def test_what_people_say_in_a_sale_is_no_address(text: str) -> None:
    assert mask_links(text) == text


@given(st.text(alphabet="abcvn.:/@w- (m)", max_size=60))
def test_masking_ends_and_never_leaves_a_whole_address(text: str) -> None:
    assert "https://a.vn" not in mask_links(text + " https://a.vn")


def test_a_word_with_marks_is_found_with_these_marks_alone() -> None:
    words = frozenset({plain("Lừa đảo")})
    assert says_one_of(words, "đừng mua, LỪA   ĐẢO đấy!")
    assert not says_one_of(words, "lúa dao động")


def test_a_word_without_marks_is_found_however_it_is_marked() -> None:
    words = frozenset({"lua dao"})
    assert says_one_of(words, "lừa đảo")
    assert says_one_of(words, "lua.dao")


def test_a_word_is_not_found_inside_another() -> None:
    assert not says_one_of(frozenset({"gia"}), "giang hồ, giám định")
    assert says_one_of(frozenset({"gia"}), "hàng giả")
    assert not says_one_of(frozenset(), "hàng giả")
