"""Who follows which seller: asked for by the person, told to nobody but whoever sends notices.

Refuses devices that did not prove their number: nobody is signed up by somebody else.
"""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core import clock
from core.db import insert_new
from core.identity import sellers
from shop.reviews.models import Follow

_MOST_SHOWN = 40


def follow(session: Session, person_id: str, seller_id: str) -> None:
    """Have the person hear of the seller from now on; doing it again changes nothing.

    Raises:
        NotFound: there is no such seller.
    """
    sellers.facts(session, seller_id)
    values: dict[str, object] = {"person_id": person_id, "seller_id": seller_id}
    insert_new(session, Follow, {**values, "since_ms": clock.now_ms()})


def unfollow(session: Session, person_id: str, seller_id: str) -> None:
    """Have the person hear of the seller no more; doing it again changes nothing."""
    mine = delete(Follow).where(Follow.person_id == person_id, Follow.seller_id == seller_id)
    session.execute(mine.execution_options(synchronize_session=False))


def is_following(session: Session, person_id: str, seller_id: str) -> bool:
    """Whether the person follows the seller."""
    return session.get(Follow, (person_id, seller_id)) is not None


def followers(session: Session, seller_id: str, after: str, most: int) -> tuple[str, ...]:
    """The next `most` people who follow the seller, by id after `after`, for who sends them notices."""
    query = select(Follow.person_id).where(Follow.seller_id == seller_id, Follow.person_id > after)
    return tuple(session.scalars(query.order_by(Follow.person_id).limit(most)))


def count(session: Session, seller_id: str) -> int:
    """How many people follow the seller."""
    return session.scalar(select(func.count()).where(Follow.seller_id == seller_id)) or 0


def followed_by(session: Session, person_id: str) -> tuple[str, ...]:
    """The ids of the sellers the person follows, the newest first."""
    query = select(Follow.seller_id).where(Follow.person_id == person_id)
    return tuple(session.scalars(query.order_by(Follow.since_ms.desc()).limit(_MOST_SHOWN)))
