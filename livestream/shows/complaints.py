"""A live show as something people may complain about (`shop.cases`): whose it is and what it is called."""

from sqlalchemy.orm import Session

from livestream.room import view
from shop.cases.case_rules import STREAM
from shop.cases.subjects import Subject


def stream_subject(session: Session, session_id: str) -> Subject:
    """The show as a complaint's subject; its organiser answers.

    Raises:
        NotFound: there is none with a public page.
    """
    show = view.public_facts(session, session_id)
    return Subject(STREAM, show.id, show.seller_id, show.title, f"/live/{show.id}")
