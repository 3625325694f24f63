"""Which outside comments a session has taken, and whether another is one of them.

A comment with an id of its channel is known by it. One without is known by who wrote what: the same words
said a second time are new only if more of them stand in what is given now than were taken before. A
comment taken without an id gets the id when it comes again with one. Precondition: the caller writes
under the session's lock.
"""

from collections import Counter, defaultdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.ids import new_id
from livestream.outside.channels import ChannelComment, Source
from livestream.outside.outside_models import OutsideComment


class KnownComments:
    """What was taken from one source in one session, judged against comments given in order."""

    def __init__(self, session: Session, session_id: str, source: Source) -> None:
        self._session = session
        self._session_id = session_id
        self._source = source
        self._ids: set[str] = set()
        self._marks: Counter[str] = Counter()
        self._given: Counter[str] = Counter()
        self._without_id: defaultdict[str, list[OutsideComment]] = defaultdict(list)
        self._load()

    def judge(self, comment: ChannelComment, mark: str) -> bool:
        """Whether the next comment given was taken before."""
        if not comment.comment_id:
            self._given[mark] += 1
            return self._given[mark] <= self._marks[mark]
        if comment.comment_id in self._ids:
            return True
        self._ids.add(comment.comment_id)
        if self._without_id[mark]:
            self._without_id[mark].pop(0)
            return True
        self._marks[mark] += 1
        return False

    def name(self, comment: ChannelComment, mark: str) -> None:
        """Give a comment that was taken without an id the one it comes with now."""
        if comment.comment_id and comment.comment_id not in self._ids and self._without_id[mark]:
            self._without_id[mark].pop(0).source_comment_id = comment.comment_id
            self._ids.add(comment.comment_id)

    def add(self, comment: ChannelComment, mark: str) -> None:
        """Remember a comment as taken."""
        row = OutsideComment(
            id=new_id(),
            session_id=self._session_id,
            source=self._source,
            source_comment_id=comment.comment_id or None,
            mark=mark,
            created_ms=clock.now_ms(),
        )
        self._session.add(row)

    def _load(self) -> None:
        query = select(OutsideComment).where(
            OutsideComment.session_id == self._session_id, OutsideComment.source == self._source
        )
        for row in self._session.scalars(query.order_by(OutsideComment.created_ms)):
            self._marks[row.mark] += 1
            if row.source_comment_id:
                self._ids.add(row.source_comment_id)
            else:
                self._without_id[row.mark].append(row)
