"""What comes into sessions in one batch, claims and comments, served in the order it came.

Claims next to each other go to the desk together, whichever road they came by; a withdrawal waits for
those before it. What is refused leaves nothing of itself and stops nobody else.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from core.errors import DomainError, LoginRequired
from livestream import log
from livestream.desk import claims, desk
from livestream.desk.desk import Changed, ChangeRequest, Claimed, ClaimRequest
from livestream.log import Turn
from livestream.reader.claim_reader import Reading
from livestream.talk import comments
from livestream.talk.comments import CommentRequest, Said

Request = ClaimRequest | CommentRequest

Outcome = Claimed | Changed | DomainError
"""What one item of a comment came to."""


@dataclass(frozen=True)
class Commented:
    """A kept comment, how it was read, and the outcome of each of its items in order."""

    comment_id: str
    reading: Reading
    outcomes: tuple[Outcome, ...]
    hidden: str = ""  # why the room does not see it


def serve(session: Session, requests: Sequence[Request]) -> list[Claimed | Commented | DomainError]:
    """Serve claims and comments of any sessions; an outcome for each, in order.

    Refusals: LoginRequired (the device has given no number); NotFound, SessionNotLive (nobody sells there
    now); for a claim those of `desk.claim`, for a comment those of `chat_rules.judged`.
    """
    outcomes: dict[int, Claimed | Commented | DomainError] = {}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, request in enumerate(requests):
        if request.login.person_id is None:
            outcomes[place] = LoginRequired()
        else:
            places[request.session_id].append(place)
    for session_id in sorted(places):  # the lock order
        here = places[session_id]
        served = _serve_session(session, session_id, [requests[place] for place in here])
        outcomes.update(zip(here, served, strict=True))
    return [outcomes[place] for place in range(len(requests))]


def _serve_session(
    session: Session, session_id: str, requests: Sequence[Request]
) -> Sequence[Claimed | Commented | DomainError]:
    try:
        turn = log.begin(session, session_id)
        turn.require_running()
    except DomainError as error:
        return [error] * len(requests)
    said = comments.keep(session, turn, [r for r in requests if isinstance(r, CommentRequest)])
    counter = _Counter(session, turn)
    rest = iter(said)
    for request in requests:
        if isinstance(request, ClaimRequest):
            counter.claim(request)
        else:
            counter.hear(request, next(rest))
    return counter.answered(requests, said)


@dataclass
class _Counter:
    """One session's batch: claims gather until something must not pass them."""

    session: Session
    turn: Turn
    gathered: list[ClaimRequest] = field(default_factory=list)
    outcomes: list[list[Outcome]] = field(default_factory=list)  # for each request, of its items
    _owners: list[list[Outcome]] = field(
        default_factory=list
    )  # for each gathered claim, its request's

    def claim(self, request: ClaimRequest) -> None:
        self.outcomes.append([])
        self._gather(request)

    def hear(self, request: CommentRequest, said: Said) -> None:
        self.outcomes.append([])
        if said.reading.kind == "claim":
            for item in said.reading.items:
                self._gather(comments.claim_of(request, said, item))
        elif said.reading.kind == "withdraw":
            self._serve_gathered()
            codes = [item.code for item in said.reading.items]
            for claim_id in claims.meant(self.session, request.session_id, request.login, codes):
                self.outcomes[-1].append(self._withdraw(request, claim_id))

    def answered(
        self, requests: Sequence[Request], said: Sequence[Said]
    ) -> list[Claimed | Commented | DomainError]:
        """What each request came to."""
        self._serve_gathered()
        rest = iter(said)
        return [
            _commented(next(rest), outcomes)
            if isinstance(request, CommentRequest)
            else _of_claim(outcomes)
            for request, outcomes in zip(requests, self.outcomes, strict=True)
        ]

    def _gather(self, request: ClaimRequest) -> None:
        self.gathered.append(request)
        self._owners.append(self.outcomes[-1])

    def _serve_gathered(self) -> None:
        if not self.gathered:
            return
        served = desk.claim_all(self.session, self.turn, self.gathered)
        for owner, outcome in zip(self._owners, served, strict=True):
            owner.append(outcome)
        self.gathered, self._owners = [], []

    def _withdraw(self, request: CommentRequest, claim_id: str) -> Outcome:
        """Take one claim back in a savepoint of its own: a refusal undoes this one alone."""
        try:
            with self.session.begin_nested():
                change = ChangeRequest(request.session_id, claim_id, 0, request.login)
                return desk.change(self.session, change)
        except DomainError as error:
            return error


def _commented(said: Said, outcomes: Sequence[Outcome]) -> Commented | DomainError:
    kept = Commented(said.comment_id, said.reading, tuple(outcomes), said.hidden)
    return said.refusal or kept


def _of_claim(outcomes: Sequence[Outcome]) -> Claimed | DomainError:
    (outcome,) = outcomes
    assert not isinstance(outcome, Changed)  # a claim changes nothing that was there
    return outcome
