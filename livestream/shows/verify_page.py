"""What the verify desk shows of a seller: what was confirmed, until when, and what is missing."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core import clock
from core.identity import people, sellers, staff
from core.identity.sellers import SellerFacts
from livestream.shows import confirmations
from livestream.shows.confirmations import ConfirmationFacts

_YEARS_DEFAULT_DAYS = 365


@dataclass(frozen=True)
class Item:
    """One thing to be confirmed: who or what, the paper that stands (or None), and whether it counts today.

    `by` is the name of who confirmed it.
    """

    kind: str
    person_id: str
    name: str
    paper: ConfirmationFacts | None
    counts: bool
    by: str


@dataclass(frozen=True)
class VerifyPage:
    """A seller on the desk; `missing` things do not count today."""

    seller: SellerFacts
    items: tuple[Item, ...]

    @property
    def missing(self) -> int:
        return sum(not item.counts for item in self.items)


def pages(session: Session, seller_ids: list[str]) -> tuple[VerifyPage, ...]:
    """The desk's view of some sellers, in their order."""
    known = sellers.facts_of(session, seller_ids)
    papers = confirmations.of_sellers(session, seller_ids)
    actors = {f"p:{one.by_person_id}" for each in papers.values() for one in each}
    names = people.names_of(session, actors)
    return tuple(
        VerifyPage(known[one], tuple(_items(session, one, papers[one], names)))
        for one in seller_ids
        if one in known
    )


def _items(
    session: Session,
    seller_id: str,
    papers: tuple[ConfirmationFacts, ...],
    names: dict[str, str],
) -> list[Item]:
    by_subject = {(paper.kind, paper.person_id): paper for paper in papers}
    subjects = [("seller", "", ""), ("food", "", "")]
    hosts = staff.of_seller(session, seller_id, confirmations.HOSTS)
    subjects += [("host", host.person_id, host.name) for host in hosts]
    today = clock.today()
    items = []
    for kind, person_id, name in subjects:
        paper = by_subject.get((kind, person_id))
        counts = paper is not None and paper.counts_on(today)
        by = names.get(f"p:{paper.by_person_id}", "") if paper else ""
        items.append(Item(kind, person_id, name, paper, counts, by))
    return items


def until_by_default() -> date:
    """The last day a confirmation has unless another is chosen: a year from today."""
    return clock.day_of(clock.now_ms() + _YEARS_DEFAULT_DAYS * 86_400_000)
