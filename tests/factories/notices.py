"""Notices and roads for tests."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.identity import people
from shop.notices import telling
from shop.notices.letters import Letter
from shop.notices.models import Notice, NoticeTry
from shop.notices.roads import SENT, Fate, Recipient
from shop.notices.telling import News, Whom
from tests.factories.identity import make_person, make_seller

FACTS = {"title": "Chè đinh", "seller": "HTX A", "who": "HTX A", "until": "", "code": "CP1"}


@dataclass
class FakeRoad:
    """A provider of Zalo's notices or of SMS as they are: it takes, refuses, or never says."""

    name: str
    outcome: str = SENT
    leads: bool = True
    sent: list[tuple[Recipient, Letter, str]] = field(default_factory=list)

    def leads_to(self, recipient: Recipient) -> bool:
        return self.leads and bool(recipient.phone)

    def send(self, recipient: Recipient, letter: Letter, key: str) -> Fate:
        self.sent.append((recipient, letter, key))
        return Fate(self.outcome)


def make_notice(session: Session, kind: str = "case_settled", event: str = "one") -> str:
    """A notice (its id) to a new person of a new seller."""
    seller, person = make_seller(session), make_person(session)
    phone = people.facts(session, person).phone
    telling.tell(session, News(kind, event, seller, "/cases/x", FACTS), Whom(person, "Hoa", phone))
    session.flush()
    return session.scalars(select(Notice.id).where(Notice.person_id == person)).one()


def state_of(session: Session, notice_id: str) -> str:
    """Where the notice stands."""
    session.flush()
    return session.get_one(Notice, notice_id, populate_existing=True).state


def tries_of(session: Session, notice_id: str) -> list[tuple[str, str]]:
    """Road and outcome of each try."""
    session.flush()
    query = select(NoticeTry).where(NoticeTry.notice_id == notice_id).order_by(NoticeTry.number)
    return [(one.road, one.outcome) for one in session.scalars(query)]
