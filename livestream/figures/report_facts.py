"""What a report counts, and what it says. Pure."""

from dataclasses import dataclass

from shop.figures.sale_facts import Complaint, SoldOrder


@dataclass(frozen=True)
class Claimed:
    """All that was claimed of one seller, whatever became of it: times, packs, đồng by the price then."""

    seller_id: str
    claims: int
    packs: int
    vnd: int


@dataclass(frozen=True)
class Declared:
    """What a seller says it sold outside the market that day; nobody checked it."""

    id: str
    seller_id: str
    what: str
    vnd: int


@dataclass(frozen=True)
class Facts:
    """All that happened: `sellers` are names by id, in order; `viewers` the devices that watched."""

    sellers: tuple[tuple[str, str], ...]
    viewers: int
    claimed: tuple[Claimed, ...]
    orders: tuple[SoldOrder, ...]
    complaints: tuple[Complaint, ...]
    declared: tuple[Declared, ...]


@dataclass(frozen=True)
class Row:
    """A part of what was paid for: `key` names it (a seller, a commune, papers); grams and đồng."""

    key: str
    grams: int
    vnd: int


@dataclass(frozen=True)
class Report:
    """The sellers' names by id, the figures and groups by their keys in `definitions`, what was declared.

    A figure is None where there is nothing to divide.
    """

    sellers: tuple[tuple[str, str], ...]
    values: dict[str, int | None]
    groups: dict[str, tuple[Row, ...]]
    declared: tuple[Declared, ...]
