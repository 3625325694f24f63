"""What selling needs of a pin: where its packs come from, how large they are, what they cost when.

Refuses rows: a claim may not keep one across a housekeeping that changes it.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PinSale:
    """A pin as the desk sells it: prices in đồng per pack, `pack_size` in base units, times UTC ms."""

    id: str
    session_id: str
    seller_id: str
    listing_id: str
    allotment_id: str
    code: str
    state: str
    pack_size: int
    limit_packs: int
    price_vnd: int
    previous_price_vnd: int
    price_since_ms: int
    flash_price_vnd: int | None
    flash_starts_ms: int | None
    flash_ends_ms: int | None
    flash_packs: int | None = None
    flash_limit_packs: int | None = None

    def price_at(self, received_ms: int) -> int:
        """The price in đồng per pack for a claim the server received at `received_ms` (UTC ms).

        A flash price counts in `[starts, ends)`; a claim received before the last change of price pays
        what stood then.
        """
        if self.flash_is_on(received_ms):
            assert self.flash_price_vnd is not None  # it is on
            return self.flash_price_vnd
        return self.previous_price_vnd if received_ms < self.price_since_ms else self.price_vnd

    def flash_is_on(self, at_ms: int) -> bool:
        """Whether a claim the server received at `at_ms` (UTC ms) is one at the flash price."""
        if self.flash_price_vnd is None or self.flash_starts_ms is None:
            return False
        return self.flash_starts_ms <= at_ms < (self.flash_ends_ms or 0)
