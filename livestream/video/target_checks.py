"""What must always be true of the places a show is also sent to, as queries for `flask fsck`."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import vault
from core.fsck import check, wrong_rows
from livestream.video.target_models import RestreamTarget

_OWN = """
SELECT u.session_id, u.target_id FROM restream_uses u
JOIN restream_targets t ON t.id = u.target_id JOIN live_sessions s ON s.id = u.session_id
WHERE t.seller_id <> u.seller_id OR s.seller_id <> u.seller_id
"""


@check("video.targets_are_own")
def targets_are_own(session: Session) -> Iterable[str]:
    """A session is shown at places of its own organiser alone."""
    return wrong_rows(session, _OWN)


@check("video.target_keys_open")
def target_keys_open(session: Session) -> Iterable[str]:
    """Each place's key opens with this installation's key."""
    for row in session.scalars(select(RestreamTarget).order_by(RestreamTarget.id)):
        if not vault.can_unseal(row.key):
            yield f"{row.id}: sealed with another SECRET_KEY"
