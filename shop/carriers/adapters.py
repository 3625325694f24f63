"""The carriers this market speaks to, by their keys; set at start, tests put theirs here.

Refuses addresses from outside: where a carrier's machine stands is a setting, never a seller's field.
"""

from collections.abc import Sequence

from shop.carriers.carrier_adapter import CarrierAdapter

BY_HAND = "other"
"""The key of every carrier that speaks to no program."""


class _State:
    known: tuple[CarrierAdapter, ...] = ()


def use(adapters: Sequence[CarrierAdapter]) -> None:
    """Speak to these from now on, in this process."""
    _State.known = tuple(adapters)


def known() -> tuple[CarrierAdapter, ...]:
    """Every carrier that can be connected."""
    return _State.known


def named(key: str) -> CarrierAdapter | None:
    """The carrier `key`, or None where this market does not speak to it."""
    return next((one for one in _State.known if one.key == key), None)
