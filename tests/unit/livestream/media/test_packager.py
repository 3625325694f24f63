"""A stream of bytes becomes init segments and fragments, or is refused with a reason."""

import pytest

from livestream.media.boxes import BoxReader
from livestream.media.fragments import Fragment, Init
from livestream.media.media_errors import BrokenStream
from livestream.media.packager import Packager
from tests.factories import movies

WHOLE = b"".join(movies.stream(12))


def packed(data: bytes, piece: int = 1 << 20) -> list[Init | Fragment]:
    packager = Packager()
    cuts = range(0, len(data), piece)
    return [made for at in cuts for made in packager.feed(data[at : at + piece])]


def refused(data: bytes) -> str:
    with pytest.raises(BrokenStream) as found:
        packed(data)
    return found.value.reason


def test_the_head_says_tracks_and_codecs() -> None:
    (init,) = packed(movies.head())
    assert isinstance(init, Init)
    assert init.codecs == "avc1.42c01e,mp4a.40.2"
    assert init.data == movies.head()


def test_fragments_say_when_they_play_and_where_one_may_begin() -> None:
    fragments = [made for made in packed(WHOLE) if isinstance(made, Fragment)]
    assert [each.start_us for each in fragments] == [at * 200_000 for at in range(12)]
    assert {each.length_us for each in fragments} == {200_000}
    assert [at for at, each in enumerate(fragments) if each.is_key] == [0, 5, 10]


@pytest.mark.parametrize("piece", [1, 7, 8, 333])
def test_it_does_not_matter_how_the_bytes_are_cut(piece: int) -> None:
    assert packed(WHOLE, piece) == packed(WHOLE)


def test_sound_alone_may_begin_anywhere() -> None:
    run = movies.run(2, 0, [9600], movies.NOT_KEY)
    data = movies.head(movies.SOUND_TRACK) + movies.box(b"moof", run) + movies.box(b"mdat")
    assert [made.is_key for made in packed(data) if isinstance(made, Fragment)] == [True]


def test_sound_that_comes_before_its_picture_goes_out_with_it() -> None:
    sound = movies.box(b"moof", movies.run(2, 0, [9600], movies.KEY)) + movies.box(
        b"mdat", b"sound"
    )
    _, made = packed(movies.head() + sound + movies.fragment(0, 200, key=True))
    assert isinstance(made, Fragment)
    assert made.is_key
    assert made.length_us == 200_000
    assert made.data.startswith(sound)


def test_sound_is_not_held_back_for_a_camera_that_is_off() -> None:
    sound = movies.box(b"moof", movies.run(2, 0, [9600], movies.KEY)) + movies.box(
        b"mdat", b"sound"
    )
    assert len(packed(movies.head() + sound * 33)) == 1 + 3


def test_another_head_begins_another_init_segment() -> None:
    both = packed(WHOLE + movies.head(movies.PICTURE_TRACK))
    assert isinstance(both[-1], Init)
    assert both[-1].codecs == "avc1.42c01e"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (movies.fragment(0, 200), "no_init"),
        (movies.head(b""), "no_track"),
        (movies.box(b"moov"), "no_track"),
        (b"\0\0\0\0moov", "box_size"),
        (b"\0\0\0\1mdat" + bytes(16), "box_size"),
        (b"\x7f\0\0\0mdat", "box_too_large"),
        (movies.box(b"evil"), "unknown_box"),
        (movies.head() + movies.box(b"moof") + movies.box(b"mdat"), "no_time"),
        (movies.head() + movies.box(b"moof", b"\0\0\0\x40traf") + movies.box(b"mdat"), "box_size"),
        (movies.head() + movies.box(b"moof", b"\0") + movies.box(b"mdat"), "box_short"),
        (
            movies.head() + movies.box(b"moof", movies.run(9, 0, [1], 0)) + movies.box(b"mdat"),
            "unknown_track",
        ),
        (
            movies.head()
            + movies.box(b"moof", movies.run(1, 0, [1] * 5000, 0))
            + movies.box(b"mdat"),
            "too_many",
        ),
        (
            movies.head() + movies.box(b"moof", movies.box(b"free") * 65) + movies.box(b"mdat"),
            "too_many",
        ),
        (movies.head() + movies.fragment(0, 121_000), "time_jump"),
        (movies.head() + movies.box(b"moof", bytes(300_000)), "box_too_large"),
        (movies.box(b"moov", bytes(2_000_000)), "box_too_large"),
        (movies.head(movies.track(1, movies.picture(8192, 8192))), "picture_too_large"),
    ],
)
def test_what_cannot_be_passed_on_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    assert refused(data) == reason


def test_a_box_that_never_ends_is_not_kept_beyond_the_limit() -> None:
    reader = BoxReader(largest_bytes=1000)
    reader.feed(b"\0\0\x03\xe8mdat" + bytes(900))
    assert reader.held_bytes == 908
    with pytest.raises(BrokenStream, match="box_too_large"):
        BoxReader(largest_bytes=1000).feed(b"\0\0\x03\xe9mdat")
