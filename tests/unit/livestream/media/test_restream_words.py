"""What RTMP says is read with care: the other side is a stranger."""

import random

import pytest

from livestream.media import restream_amf, restream_chunks, restream_place
from livestream.media.restream_chunks import Message, MessageReader
from livestream.media.restream_errors import BadAnswer, Cut
from livestream.media.restream_flv import Tag, TagReader
from livestream.media.restream_place import BadPlace


def test_values_are_read_as_they_were_written() -> None:
    values = ("connect", 1, None, True, {"app": "live", "deep": {"is": False}})
    assert restream_amf.read(restream_amf.written(*values)) == values


@pytest.mark.parametrize("size", [0, 1, 128, 129, 5_000])
@pytest.mark.parametrize("at_ms", [0, 0xFFFFFE, 0xFFFFFF, 2**32 + 5])
def test_a_message_in_chunks_is_put_together_again(size: int, at_ms: int) -> None:
    body, reader = bytes(range(256)) * 20, MessageReader()
    message = Message(restream_chunks.SOUND, body[:size], 1, at_ms)
    data = restream_chunks.written(message, 4, size=128)
    found = [each for at in range(len(data)) for each in reader.feed(data[at : at + 1])]
    assert [(each.kind, each.body, each.stream) for each in found] == [
        (message.kind, message.body, 1)
    ]


def test_any_bytes_at_all_are_refused_or_waited_for_in_little_memory() -> None:
    dice = random.Random(7)
    for _ in range(300):
        reader = MessageReader()
        try:
            for _ in range(40):
                for message in reader.feed(dice.randbytes(2_000)):
                    restream_amf.read(message.body)
        except BadAnswer:
            continue
        assert len(reader._held) < 70_000


def test_tags_are_cut_out_wherever_the_pipe_is_cut() -> None:
    tags = [Tag(9, 0, b"picture"), Tag(8, 0x01020304, b"sound")]
    data = b"FLV\x01\x05\0\0\0\x09\0\0\0\0" + b"".join(map(written, tags))
    reader = TagReader()
    found = [each for at in range(len(data)) for each in reader.feed(data[at : at + 1])]
    assert found == tags
    with pytest.raises(Cut):
        TagReader().feed(b"no video at all")


def written(tag: Tag) -> bytes:
    clock = (tag.at_ms & 0xFFFFFF).to_bytes(3, "big") + bytes([tag.at_ms >> 24])
    head = bytes([tag.kind]) + len(tag.body).to_bytes(3, "big") + clock + bytes(3)
    return head + tag.body + (11 + len(tag.body)).to_bytes(4, "big")


def test_a_place_is_read_with_what_the_other_side_wants_to_hear() -> None:
    place = restream_place.read("rtmps://live-api-s.facebook.com:443/rtmp/")
    assert (place.host, place.port, place.is_secret) == ("live-api-s.facebook.com", 443, True)
    assert (place.application, place.url[-5:]) == ("rtmp", "/rtmp")
    assert restream_place.read("rtmp://a.rtmp.youtube.com/live2").port == 1935


@pytest.mark.parametrize(
    "url",
    [
        *("", "rtmp://", "rtmp://h", "http://h/live", "rtmp://u:p@h/live", "rtmp://h:0/live"),
        *("rtmp://h:99999/live", "rtmp://h/li ve", "rtmp://h/live#x", f"rtmp://h/{'x' * 300}"),
        *("file:///etc/passwd", "rtmp://h/li\nve", "rtmp://-h/live", "rtmp://[::1/live"),
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadPlace):
        restream_place.read(url)
