"""Comments out of what people paste."""

import pytest

from livestream.outside.channels import ChannelComment
from livestream.outside.pasted_comments import as_table, comments_in, of_table

HOA = ("Hoa Nguyễn", "chốt A1 2 gói")
LAN = ("Lan", "A2 1")
PASTED = {
    "lines": "Hoa Nguyễn: chốt A1 2 gói\nLan: A2 1",
    "pairs": "Hoa Nguyễn\nchốt A1 2 gói\nLan\nA2 1\n",
    "facebook": "Hoa Nguyễn\nchốt A1 2 gói\nThích · Trả lời · 2 phút\nLan\nA2 1\nThích\nPhản hồi\n1 giờ",
    "facebook in English": "Hoa Nguyễn\nchốt A1 2 gói\nLike\nReply\n3m\nLan\nTop fan\nA2 1\n2h",
    "apart": "Hoa Nguyễn\r\nchốt A1 2 gói\r\n\r\nLan\r\nA2 1",
    "tabs": "Hoa Nguyễn\tchốt A1 2 gói\nLan\tA2 1",
    "a header": "Thời gian\tTên\tNội dung\n20:01\tHoa Nguyễn\tchốt A1 2 gói\n20:02\t@Lan\tA2 1",
}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_who_said_what(pasted: str) -> None:
    assert [(one.nick, one.text) for one in comments_in(pasted)] == [HOA, LAN]


def test_a_table_brings_times_and_ids() -> None:
    (said,) = of_table([["ID", "Người bình luận", "Bình luận", "Lúc"], ["77", *HOA, "20:01"]])
    assert said == ChannelComment(*HOA, at="20:01", comment_id="77")


def test_what_is_written_out_reads_back_the_same() -> None:
    said = (ChannelComment(*HOA, at="20:01", comment_id="77"), ChannelComment(*LAN))
    assert comments_in(as_table(said)) == said


@pytest.mark.parametrize("pasted", ["", "\n \n", "Hoa", "Thích\nTrả lời\n2 phút", "Hoa: ", "\t\t"])
def test_what_nobody_said_is_nothing(pasted: str) -> None:
    assert comments_in(pasted) == ()


def test_a_long_nick_and_text_are_cut_and_cleaned() -> None:
    (said,) = comments_in(f"{'n' * 70}\u202e: {'x' * 900}")
    assert (len(said.nick), len(said.text)) == (70, 500)
