"""Whether a program still does its work: gives something for what it gets, and leaves the others their share.

Pure. Looked at about once a second. Refuses to wait for ever: a recording that is read and read and never
becomes a picture (a flood of empty elements), a program that hangs, or one that eats a core, is given up.
"""

DRY_MS = 15_000
"""So long may a program be fed and give nothing: a phone's first key frame is there after three seconds."""
HEAVY_MS, HEAVY_PERCENT = 20_000, 85
"""Copying a picture takes 3 % of a core, making it anew 22 %: who takes nearly all for so long is not one."""


class Health:
    """What was seen of one program since `now_ms`, when it was started."""

    def __init__(self, now_ms: int) -> None:
        self._given = 0
        self._dry_ms = self._light_ms = self._seen_ms = now_ms
        self._used_ms = 0

    def look(self, now_ms: int, given: int, used_ms: int) -> str:
        """Return why it is to be given up, or nothing.

        `given` counts what came out of it so far, `used_ms` is the processor time it took so far.
        """
        if given != self._given:
            self._given, self._dry_ms = given, now_ms
        share_of = max(now_ms - self._seen_ms, 1) * HEAVY_PERCENT
        if (used_ms - self._used_ms) * 100 < share_of:
            self._light_ms = now_ms
        self._used_ms, self._seen_ms = used_ms, now_ms
        if now_ms - self._dry_ms >= DRY_MS:
            return "no_output"
        return "too_heavy" if now_ms - self._light_ms >= HEAVY_MS else ""
