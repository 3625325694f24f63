"""What every carrier that speaks to programs must be able to do, and what it is told and tells.

An adapter translates and nothing else: it knows no rows and changes none. Refuses to believe a notice: of
one only the tracking code is read.
"""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Account:
    """A seller's account: its `token` in clear, for this moment only; `pick_up` names where is fetched."""

    token: str = field(repr=False)
    pick_up: str = ""


@dataclass(frozen=True)
class Person:
    """Who hands over, or who receives: `phone` as people dial it here (0…), and where, by today's names."""

    name: str
    phone: str
    address: str
    commune: str
    province: str


@dataclass(frozen=True)
class NewParcel:
    """A parcel to be booked: `key` is its own for ever, so that asked twice it is booked once.

    `grams` with packing; `cod_vnd` to collect at the door, 0 for nothing; `value_vnd` of what is inside.
    """

    key: str
    sender: Person
    receiver: Person
    grams: int
    cod_vnd: int
    value_vnd: int
    note: str = ""


@dataclass(frozen=True)
class Booking:
    """A parcel as the carrier took it; `fee_vnd` is None where it did not say."""

    tracking_code: str
    fee_vnd: int | None = None


class CarrierSilent(Exception):
    """The carrier did not answer, or not in words that could be read: nothing is known."""


class CarrierRefuses(Exception):
    """The carrier said no; `words` are its own, at most 120 characters."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words[:120]


class CarrierAdapter(Protocol):
    """One carrier's way to be spoken to. Everything but `code_in` asks the network, so never inside a write.

    All of these raise `CarrierSilent` where no answer came in time, `CarrierRefuses` where it was no.
    """

    @property
    def key(self) -> str:
        """Its name in rows and addresses, at most 16 small letters."""

    @property
    def label(self) -> str:
        """Its name as people know it."""

    def book(self, account: Account, parcel: NewParcel) -> Booking:
        """Have the parcel fetched; the same `key` again gives the same booking, never a second parcel."""

    def state_of(self, account: Account, tracking_code: str) -> str:
        """Where the parcel is, as one of `parcel_states.STATES`."""

    def cancel(self, account: Account, tracking_code: str) -> None:
        """Call the booking off; it is refused once the parcel was fetched."""

    def code_in(self, notice: bytes) -> str:
        """The tracking code a notice speaks of, "" if it names none. Nothing else in it is believed."""
