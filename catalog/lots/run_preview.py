"""What a run would come to, shown before it is written: loss, and whose part of each output is how much.

By the same rules as the run itself (`lots.sharing`), so that what was shown is what is kept. Refuses
nothing: whether the run may be done, `lots.runs` decides when it is.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from catalog import trace
from catalog.growers import members
from catalog.lots.runs import RunInput, RunOutput
from catalog.lots.sharing import passed_on, ties


@dataclass(frozen=True)
class OwnersShare:
    """Whose (a member's name, "" for the seller's own): base units brought in, and owned of each output."""

    name: str
    brought: int
    owned: tuple[int, ...]


@dataclass(frozen=True)
class RunPreview:
    """What goes in, what comes out and what is missing (base units), with every owner's part."""

    went_in: int
    came_out: int
    shares: tuple[OwnersShare, ...]

    @property
    def loss(self) -> int:
        """What is missing; negative where more would come out than went in."""
        return self.went_in - self.came_out


def preview(
    session: Session, seller_id: str, inputs: Sequence[RunInput], outputs: Sequence[RunOutput]
) -> RunPreview:
    """The preview of a run of the seller's own lots; amounts are at least one base unit each.

    Over all owners what was brought sums to what goes in, and the parts of each output to that output.
    """
    owners = [trace.member_shares(session, one.lot_id) for one in inputs]
    used = [one.quantity for one in inputs]
    made = [one.quantity for one in outputs]
    brought: Counter[str] = Counter()
    for quantity, whose in zip(used, owners, strict=True):
        brought.update(passed_on(quantity, whose))
    owned = _owned(used, made, owners)
    names = {id_: one.name for id_, one in members.facts_of(session, seller_id, brought).items()}
    shares = [
        OwnersShare(names.get(id_, ""), brought[id_], tuple(part[id_] for part in owned))
        for id_ in sorted(brought, key=lambda id_: (-brought[id_], names.get(id_, "")))
    ]
    return RunPreview(sum(used), sum(made), tuple(shares))


def _owned(
    used: Sequence[int], made: Sequence[int], owners: Sequence[Mapping[str, int]]
) -> list[Counter[str]]:
    """For each output, how much of it is whose."""
    owned: list[Counter[str]] = [Counter() for _ in made]
    for tie in ties(used, made):
        owned[tie.target].update(passed_on(tie.share, owners[tie.source]))
    return owned
