"""In which communes the goods of holds grew: for reports.

Goods no member brought are the seller's own and count where the seller is. Refuses names of growers, and
to guess: what no lot is bound to yet has no place.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import communes, trace
from catalog.models import LotBinding, Member
from core.identity import sellers
from core.splitting import largest_remainder

UNKNOWN = ""
"""The place of goods whose grower is not known to live anywhere."""


def communes_of_holds(session: Session, hold_ids: Collection[str]) -> dict[str, dict[str, int]]:
    """Base units by commune code, of the lots each hold is served from; a hold without lots is absent.

    The parts of a hold sum to what is bound to it or was handed over for it.
    """
    query = (
        select(
            LotBinding.hold_id,
            LotBinding.lot_id,
            LotBinding.seller_id,
            func.sum(LotBinding.quantity),
        )
        .where(LotBinding.hold_id.in_(hold_ids), LotBinding.state != "freed")
        .group_by(LotBinding.hold_id, LotBinding.lot_id, LotBinding.seller_id)
        .order_by(LotBinding.hold_id, LotBinding.lot_id)
    )
    served = [(hold, lot, seller, int(much)) for hold, lot, seller, much in session.execute(query)]
    places = _places(session, {lot: seller for _, lot, seller, _ in served})
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for hold, lot, _seller, much in served:
        names = sorted(places[lot])
        shares = largest_remainder(much, [places[lot][name] for name in names])
        found[hold].update(dict(zip(names, shares, strict=True)))
    return {
        hold: {code: much for code, much in parts.items() if much} for hold, parts in found.items()
    }


def _places(session: Session, lots: Mapping[str, str]) -> dict[str, Counter[str]]:
    """How the base units of each lot divide among communes; `lots` names the seller of each."""
    shares = {lot: trace.member_shares(session, lot) for lot in lots}
    members = {one for found in shares.values() for one in found if one != trace.NOBODY}
    query = select(Member.id, Member.commune_code).where(Member.id.in_(members))
    homes: dict[str, str] = dict(session.execute(query).all())
    own = {
        id_: communes.commune_code_of(seller.commune)
        for id_, seller in sellers.facts_of(session, set(lots.values())).items()
    }
    found: dict[str, Counter[str]] = {}
    for lot, seller_id in lots.items():
        found[lot] = Counter()
        for member, units in shares[lot].items():
            found[lot][homes.get(member, own[seller_id]) if member else own[seller_id]] += units
    return found
