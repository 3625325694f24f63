"""What a phone's recorder would send, made by the very program that reads it."""

import subprocess
from functools import cache

import imageio_ffmpeg

SLICE_MS = 200
_PICTURE = "testsrc2=size=180x320:rate=30"
_LARGE = "testsrc2=size=540x960:rate=30"
_H264 = (
    "-c:v",
    "libx264",
    "-preset",
    "ultrafast",
    "-tune",
    "zerolatency",
    "-g",
    "30",
    "-b:v",
    "300k",
)
_VP8 = ("-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "30", "-b:v", "300k")


@cache
def recording(
    seconds: int = 4, *, h264: bool = True, container: str = "matroska", kbits: int = 0
) -> bytes:
    """A whole recording of `seconds`, with a tone; `kbits` a second of a picture as large as a phone's."""
    made = subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(),
            *("-hide_banner", "-loglevel", "error", "-threads", "1"),
            *(
                "-f",
                "lavfi",
                "-i",
                _LARGE if kbits else _PICTURE,
                "-f",
                "lavfi",
                "-i",
                "sine=440",
                "-t",
                str(seconds),
            ),
            *(_H264 if h264 else _VP8),
            *("-b:v", f"{kbits}k", "-maxrate", f"{kbits}k", "-bufsize", f"{kbits}k") * bool(kbits),
            *("-c:a", "libopus", "-b:a", "32k"),
            *("-movflags", "+empty_moov+default_base_moof+frag_keyframe") * (container == "mp4"),
            *("-f", container, "pipe:1"),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return made.stdout


def slices(data: bytes, count: int) -> list[bytes]:
    """`data` cut into `count` slices of about one length."""
    step = -(-len(data) // count)
    return [data[at : at + step] for at in range(0, len(data), step)]
