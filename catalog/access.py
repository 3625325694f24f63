"""Who of a seller's people may do what at its desk. Unknown and not yours look the same (promise P11)."""

from core.errors import LoginRequired, NotFound
from core.identity.logins import Login

KEEPERS = ("owner", "manager")
"""Those who set prices, papers and the grower book."""
STOCKERS = (*KEEPERS, "packer")
"""Those who record, count and move goods."""
READERS = (*STOCKERS, "accountant")
"""Those who weigh goods in from members, or pay them: they may read what `KEEPERS` write."""
STAFF = (*STOCKERS, "host", "moderator", "accountant")
"""Everybody who works for the seller."""


def require(login: Login | None, seller_id: str, roles: tuple[str, ...]) -> Login:
    """`login`, if it has one of `roles` at the seller.

    Raises:
        LoginRequired: nobody is signed in. NotFound: they have none of these roles there.
    """
    if login is None:
        raise LoginRequired()
    if not login.works_for(seller_id, *roles):
        raise NotFound()
    return login
