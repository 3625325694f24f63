"""How much a stream may ask of the engine in a time: saved up to a limit, spent at once or slowly. Pure."""


class Allowance:
    """Holds `most` at the beginning, gets `per_s` back each second."""

    def __init__(self, most: int, per_s: int) -> None:
        self._most, self._per_s = most, per_s
        self._spent_milli = 0
        self._at_ms = 0

    def take(self, cost: int, now_ms: int) -> bool:
        """Spend `cost` if that much is there at `now_ms` (a clock that goes back gives nothing)."""
        gained_milli = max(now_ms - self._at_ms, 0) * self._per_s
        self._spent_milli = max(self._spent_milli - gained_milli, 0)
        self._at_ms = max(now_ms, self._at_ms)
        if self._spent_milli + cost * 1000 > self._most * 1000:
            return False
        self._spent_milli += cost * 1000
        return True
