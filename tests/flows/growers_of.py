"""The grower books of the market of the flow tests.

`member`, `plot`, `certificate` are seller A's, `gone_member` left, `foreign_…` are seller B's; `secret` is
the source of a household's class, which nobody but A's keepers may ever read.
"""

from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.growers import households, members
from catalog.growers.households import NewEntry
from catalog.models import Listing
from tests.factories.growers import days_from_now, make_member, make_ocop, make_plot
from tests.flows.market import Market

SECRET = "Danh sách rà soát số 4711"


def fill(market: Market) -> None:
    """Write both sellers' books."""
    for prefix in ("", "foreign_"):
        market.change(partial(_book, market, prefix))


def _book(market: Market, prefix: str, session: Session) -> None:
    ids, seller = market.ids, market.ids[prefix + "seller"]
    listing = ids[prefix + "listing"]
    product = session.scalars(select(Listing.product_id).where(Listing.id == listing)).one()
    member = make_member(session, seller, f"Nguyễn Thị Nụ {prefix}", phone="0905111222")
    ids[prefix + "product_holder"] = f"product:{product}"
    ids[prefix + "member"], ids[prefix + "member_holder"] = member, f"member:{member}"
    ids[prefix + "plot"] = make_plot(session, seller, member)
    ids[prefix + "certificate"] = make_ocop(session, seller, product)
    ids[prefix + "gone_member"] = make_member(session, seller, "Bác Thung")
    members.leave(session, seller, ids[prefix + "gone_member"], days_from_now(-5))
    entry = NewEntry("near_poor", days_from_now(-30), SECRET, days_from_now(-30))
    households.record(session, seller, member, entry, "p:x")
