"""Why a stream of video is not believed: one class, a short stable reason."""


class BrokenStream(Exception):
    """The bytes are no fragmented MP4 we can pass on; `reason` is a stable English word for the log.

    Reasons: `box_size` (a box says a length it cannot have), `box_too_large`, `box_short` (ends inside
    a field), `no_init` (a fragment before its `moov`), `no_track` (a `moov` without sound and picture),
    `unknown_box`, `unknown_track`, `no_time` (a fragment that does not say when), `too_many` (boxes or
    samples within a box).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
