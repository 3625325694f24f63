"""An operator keeps the fee rules: added from now or later, ended, listed. Refuses to change the past."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog.kinds import KINDS
from core import clock
from core.errors import NotFound
from core.identity import sellers
from core.ids import new_id
from core.money import check_vnd
from core.text import clean_line
from shop.fees.errors import BadFeeRule
from shop.fees.fee_rules import CHANNELS, Rate, Rule
from shop.fees.models import TITLE_LENGTH, FeeRule
from shop.fees.shares import WHOLE


@dataclass(frozen=True)
class NewRule:
    """A rule to be: its words, rate, whom it is for ("" for all), from when (UTC ms; None: from now on)
    until before when.

    It is tried before those of a higher `place`; of one place, the one made first.
    """

    title: str
    rate: Rate
    from_ms: int | None = None
    until_ms: int | None = None
    seller_id: str = ""
    channel: str = ""
    kind: str = ""
    place: int = 100


@dataclass(frozen=True)
class RuleFacts:
    """A rule with its words and its place in the row."""

    rule: Rule
    title: str
    place: int
    made_by: str


def add(session: Session, new: NewRule, actor: str) -> str:
    """Keep a new rule for orders secured from `from_ms` (or this moment) on; returns its id.

    Raises:
        BadFeeRule: `field` is empty, unknown, out of bounds or in the past. BadAmount: a sum is negative.
        NotFound: there is no such seller.
    """
    title = clean_line(new.title, TITLE_LENGTH)
    from_ms = clock.now_ms() if new.from_ms is None else new.from_ms
    _check(session, new, title, from_ms)
    row = FeeRule(
        id=new_id(),
        place=new.place,
        title=title,
        seller_id=new.seller_id or None,
        channel=new.channel,
        kind=new.kind,
        basis_points=new.rate.basis_points,
        fixed_vnd=check_vnd(new.rate.fixed_vnd),
        least_vnd=check_vnd(new.rate.least_vnd),
        most_vnd=new.rate.most_vnd,
        from_ms=from_ms,
        until_ms=new.until_ms,
        made_by=actor,
        created_ms=clock.now_ms(),
    )
    session.add(row)
    session.flush()
    return row.id


def end(session: Session, rule_id: str, at_ms: int | None = None) -> None:
    """Have the rule count until before `at_ms` (UTC ms, not past; None: now). Ended earlier, it stays so.

    Raises:
        NotFound: there is no such rule. BadFeeRule: the moment is past.
    """
    row = session.get(FeeRule, rule_id, with_for_update=True)
    if row is None:
        raise NotFound()
    now = clock.now_ms()
    if at_ms is not None and at_ms < now:
        raise BadFeeRule("until")
    until_ms = now if at_ms is None else at_ms
    if row.until_ms is None or until_ms < row.until_ms:
        row.until_ms = max(until_ms, row.from_ms)


def rules(session: Session) -> tuple[RuleFacts, ...]:
    """Every rule ever kept, in the order they are tried."""
    query = select(FeeRule).order_by(FeeRule.place, FeeRule.created_ms, FeeRule.id)
    return tuple(
        RuleFacts(_rule(row), row.title, row.place, row.made_by) for row in session.scalars(query)
    )


def in_force(session: Session, at_ms: int) -> tuple[Rule, ...]:
    """The rules of a moment (UTC ms), in the order they are tried."""
    query = (
        select(FeeRule)
        .where(FeeRule.from_ms <= at_ms, func.coalesce(FeeRule.until_ms, at_ms + 1) > at_ms)
        .order_by(FeeRule.place, FeeRule.created_ms, FeeRule.id)
    )
    return tuple(_rule(row) for row in session.scalars(query))


def _check(session: Session, new: NewRule, title: str, from_ms: int) -> None:
    rate = new.rate
    wrong = {
        "title": not title,
        "percent": not 0 <= rate.basis_points <= WHOLE,
        "most": rate.most_vnd is not None and rate.most_vnd < rate.least_vnd,
        "channel": new.channel not in ("", *CHANNELS),
        "kind": bool(new.kind) and new.kind not in KINDS,
        "from": new.from_ms is not None and from_ms < clock.now_ms(),
        "until": new.until_ms is not None and new.until_ms <= from_ms,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise BadFeeRule(field)
    if new.seller_id:
        sellers.facts(session, new.seller_id)


def _rule(row: FeeRule) -> Rule:
    return Rule(
        id=row.id,
        rate=Rate(row.basis_points, row.fixed_vnd, row.least_vnd, row.most_vnd),
        from_ms=row.from_ms,
        until_ms=row.until_ms,
        seller_id=row.seller_id or "",
        channel=row.channel,
        kind=row.kind,
    )
