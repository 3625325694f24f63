"""What must always be true of the grower book, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from core.fsck import check, wrong_rows

_SELLERS = """
SELECT 'plot' AS what, p.id FROM plots p JOIN members m ON m.id = p.member_id
    WHERE p.seller_id <> m.seller_id
UNION ALL SELECT 'household', h.id FROM households h JOIN members m ON m.id = h.member_id
    WHERE h.seller_id <> m.seller_id
UNION ALL SELECT 'paper of a product', c.id FROM certificates c JOIN products p ON p.id = c.product_id
    WHERE c.seller_id <> p.seller_id
UNION ALL SELECT 'paper of a member', c.id FROM certificates c JOIN members m ON m.id = c.member_id
    WHERE c.seller_id <> m.seller_id
UNION ALL SELECT 'harvest of a member', l.id FROM lots l JOIN members m ON m.id = l.member_id
    WHERE l.seller_id <> m.seller_id
UNION ALL SELECT 'harvest of a plot', l.id FROM lots l JOIN plots p ON p.id = l.plot_id
    WHERE l.seller_id <> p.seller_id OR l.member_id <> p.member_id
"""


@check("growers.sellers_agree")
def sellers_agree(session: Session) -> Iterable[str]:
    return wrong_rows(session, _SELLERS)
