"""The text of playlists: low latency with parts, plain, and the recording. Pure.

Source: RFC 8216bis, sections 4.4 (tags), 6.2.2 (live), appendix B (low latency). Players that know no
parts skip their lines, so that one live playlist serves both.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from livestream.media.fragments import Init
from livestream.media.timeline import MOST_US, Segment, Timeline

TARGET_SECONDS = 2
"""`MOST_US` rounded to whole seconds, as the tag must be."""
PART_SECONDS = "0.40"
"""No part is longer: the engine cuts one each 0.2 s, a phone in the dark may hold a frame that long again."""
HOLD_BACK_SECONDS = "1.2"
_WITH_PARTS = 3
"""Only the newest segments list their parts (appendix B.1: those within three target durations)."""
_US = 1_000_000


@dataclass(frozen=True, slots=True)
class Recorded:
    """A segment that was kept: its address, its init's, a break before it, and when (ISO 8601)."""

    address: str
    init: str
    length_us: int
    is_break: bool
    at: str = ""


def live(timeline: Timeline) -> str:
    """The playlist of what is being sent: whole segments, and the parts of the newest."""
    segments = list(timeline)
    first = segments[0].number if segments else timeline.newest[0]
    lines = [
        *_top(),
        f"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={HOLD_BACK_SECONDS}",
        f"#EXT-X-PART-INF:PART-TARGET={PART_SECONDS}",
        f"#EXT-X-MEDIA-SEQUENCE:{first}",
        f"#EXT-X-DISCONTINUITY-SEQUENCE:{timeline.breaks_forgotten}",
    ]
    shown_in_parts = timeline.newest[0] - _WITH_PARTS
    init = -1
    for segment in segments:
        lines += _begins(segment, init)
        lines += _parts(segment) if segment.number > shown_in_parts else ()
        lines += _whole(segment) if segment.is_done else ()
        init = segment.init
    lines.append("#EXT-X-ENDLIST" if timeline.is_over else _hint(*timeline.newest))
    return "\n".join(lines) + "\n"


def choices(init: Init, bits_per_second: int) -> str:
    """What there is to choose: picture with sound, and sound alone for a weak net."""
    return "\n".join(
        (
            "#EXTM3U",
            "#EXT-X-VERSION:9",
            f'#EXT-X-STREAM-INF:BANDWIDTH={bits_per_second},CODECS="{init.codecs}"',
            "picture/live.m3u8",
            '#EXT-X-STREAM-INF:BANDWIDTH=72000,CODECS="mp4a.40.2"',
            "sound/live.m3u8",
            "",
        )
    )


def recording(segments: Iterable[Recorded]) -> str:
    """The playlist of what was sent; a date stands where one cannot be told from the lengths before."""
    lines, known, longest_us = list[str](), "", 0
    for segment in segments:
        begins = [] if lines and not segment.is_break else _dated(segment)
        lines += ["#EXT-X-DISCONTINUITY"] if segment.is_break and lines else []
        lines += [f'#EXT-X-MAP:URI="{segment.init}"'] if segment.init != known else []
        lines += [*begins, f"#EXTINF:{_seconds(segment.length_us)},", segment.address]
        known, longest_us = segment.init, max(longest_us, segment.length_us)
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{max(1, (longest_us + _US // 2) // _US)}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
    ]
    return "\n".join([*head, *lines, "#EXT-X-ENDLIST"]) + "\n"


def _dated(segment: Recorded) -> list[str]:
    return [f"#EXT-X-PROGRAM-DATE-TIME:{segment.at}"] if segment.at else []


def _top() -> tuple[str, ...]:
    assert (MOST_US + _US // 2) // _US == TARGET_SECONDS
    return ("#EXTM3U", "#EXT-X-VERSION:9", f"#EXT-X-TARGETDURATION:{TARGET_SECONDS}")


def _begins(segment: Segment, init: int) -> list[str]:
    lines = ["#EXT-X-DISCONTINUITY"] if segment.is_break else []
    return lines + ([f'#EXT-X-MAP:URI="init-{segment.init}.mp4"'] if segment.init != init else [])


def _parts(segment: Segment) -> list[str]:
    return [
        f'#EXT-X-PART:DURATION={_seconds(part.length_us)},URI="part-{segment.number}-{at}.m4s"'
        + (",INDEPENDENT=YES" if part.is_key else "")
        for at, part in enumerate(segment.parts)
    ]


def _whole(segment: Segment) -> list[str]:
    return [f"#EXTINF:{_seconds(segment.length_us)},", f"seg-{segment.number}.m4s"]


def _hint(segment: int, part: int) -> str:
    return f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="part-{segment}-{part}.m4s"'


def _seconds(length_us: int) -> str:
    """Microseconds as seconds with five places, rounded down: a part may not seem longer than it is."""
    return f"{length_us // _US}.{length_us % _US // 10:05d}"
