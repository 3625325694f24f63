"""Money's stories (`money_stories`) killed after one of their commits and told from the start again."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.db import write
from core.outbox import OutboxRow
from tests.support.killed_in_commits import killed_at
from tests.support.money_stories import STORIES
from tests.support.money_story import Story
from tests.support.stall import Town

LEAST_ENDS = 4


def require_one_end(town: Town, killed_after: Iterable[int]) -> None:
    """However each story is interrupted, it ends as the one that was not; nothing is wrong anywhere."""
    for kind in STORIES:
        ends = ends_of(town, kind, killed_after)
        assert len(ends) >= LEAST_ENDS, kind
        assert {repr(end) for end in ends} == {repr(ends[-1])}
    assert town.problems() == []


def ends_of(town: Town, kind: type[Story], killed_after: Iterable[int]) -> list[tuple[object, ...]]:
    """How the story ends killed after each of these commits, up to the one it does not come to."""
    ends: list[tuple[object, ...]] = []
    for number in killed_after:
        story = _begun(town, kind)
        was_killed = killed_at(town.app, "after_commit", number, story.tell)
        story.tell()
        ends.append(story.ended())
        if not was_killed:
            break
    return ends


def _begun(town: Town, kind: type[Story]) -> Story:
    """The story before its first step; what its beginning would set off is nobody's here."""

    def act(session: Session) -> Story:
        story = kind.open(town.app, session)
        session.execute(update(OutboxRow).values(state="done"))
        return story

    with town.app.app_context():
        return write(act)
