"""Where else a show is sent: keys sealed and forgotten, other sellers unknown, what the engine tells."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock, fsck, vault
from core.errors import NotFound
from core.outbox import OutboxRow
from livestream.shows import sessions
from livestream.shows.sessions import NewSession
from livestream.video import targets
from livestream.video.target_errors import BadTargetAddress, BadTargetKey, TooManyTargets
from livestream.video.target_models import RestreamChange, RestreamTarget, RestreamUse
from livestream.video.targets import GivenTarget, ShownTarget
from tests.factories.catalog import HOUR_MS
from tests.factories.livestream import Show, make_show

KEY = "FB-10-SecretOfHost"
FACEBOOK = GivenTarget("facebook", "", "", KEY)
HOST = "p:host"


@pytest.fixture(autouse=True)
def key_of_this_installation() -> Iterator[None]:
    before = vault._State.cipher
    vault.use("one installation's secret key, long enough")
    yield
    vault._State.cipher = before


@pytest.fixture
def show(session: Session) -> Show:
    return make_show(session)


def only(session: Session, session_id: str) -> ShownTarget:
    (one,) = targets.of_session(session, session_id)
    return one


def test_a_place_is_kept_sealed_shown_by_its_end_and_opened_for_the_engine(
    session: Session, show: Show
) -> None:
    targets.add(session, show.id, FACEBOOK, HOST)
    row = session.scalars(select(RestreamTarget)).one()
    shown = only(session, show.id)
    (opened,) = targets.wanted(session, show.id)
    assert (shown.name, shown.host, shown.tail, shown.state) == (
        "Facebook",
        "live-api-s.facebook.com",
        "Host",
        "waiting",
    )
    assert opened.key == KEY
    assert KEY not in f"{row.key}{shown}{opened}"


def test_the_next_show_finds_the_place_switched_off(session: Session, show: Show) -> None:
    targets.add(session, show.id, FACEBOOK, HOST)
    new = NewSession(show.seller_id, "Chè thu", clock.now_ms() + HOUR_MS)
    later = sessions.create(session, new, [])
    assert (only(session, later).is_on, targets.wanted(session, later)) == (False, ())
    targets.switch(session, later, only(session, later).id, is_on=True, actor=HOST)
    assert len(targets.wanted(session, later)) == 1


def test_a_place_removed_takes_its_key_along_and_leaves_who_did_it(
    session: Session, show: Show
) -> None:
    target_id = targets.add(session, show.id, FACEBOOK, HOST)
    targets.replace_key(session, show.id, target_id, " FB-11-another\n", HOST)
    assert targets.wanted(session, show.id)[0].key == "FB-11-another"
    targets.remove(session, show.id, target_id, HOST)
    assert targets.of_session(session, show.id) == targets.wanted(session, show.id) == ()
    changes = session.scalars(select(RestreamChange.what).order_by(RestreamChange.at_ms)).all()
    assert sorted(changes) == ["added", "key", "on", "removed"]
    told = "".join(session.scalars(select(OutboxRow.payload)))
    assert "FB-1" not in told


def test_another_sellers_place_is_as_unknown_as_any(session: Session, show: Show) -> None:
    target_id, other = targets.add(session, show.id, FACEBOOK, HOST), make_show(session)
    for act in (
        lambda: targets.replace_key(session, other.id, target_id, KEY, HOST),
        lambda: targets.switch(session, other.id, target_id, is_on=True, actor=HOST),
        lambda: targets.remove(session, other.id, target_id, HOST),
    ):
        with pytest.raises(NotFound):
            act()
    assert targets.of_session(session, other.id) == ()


@pytest.mark.parametrize(
    ("given", "error"),
    [
        (GivenTarget("facebook", "", "", ""), BadTargetKey),
        (GivenTarget("facebook", "", "", "with a space"), BadTargetKey),
        (GivenTarget("facebook", "", "", "x" * 201), BadTargetKey),
        (GivenTarget("other", "", "", KEY), BadTargetAddress),
        (GivenTarget("other", "", "https://facebook.com/live", KEY), BadTargetAddress),
    ],
)
def test_what_cannot_be_a_place_is_refused(
    session: Session, show: Show, given: GivenTarget, error: type[Exception]
) -> None:
    with pytest.raises(error):
        targets.add(session, show.id, given, HOST)


def test_a_seller_has_at_most_five(session: Session, show: Show) -> None:
    for _ in range(targets.MOST_TARGETS):
        targets.add(session, show.id, FACEBOOK, HOST)
    with pytest.raises(TooManyTargets):
        targets.add(session, show.id, FACEBOOK, HOST)


def test_what_the_engine_tells_is_shown_and_what_is_old_or_unknown_is_not(
    session: Session, show: Show
) -> None:
    target_id = targets.add(session, show.id, FACEBOOK, HOST)
    now = session.get_one(RestreamUse, (show.id, target_id)).state_ms
    targets.hear(session, show.id, target_id, "retrying-3", now + 10)
    assert (only(session, show.id).state, only(session, show.id).tries) == ("retrying", 3)
    targets.hear(session, show.id, target_id, "live", now + 5)
    targets.hear(session, show.id, target_id, "nonsense", now + 20)
    targets.hear(session, show.id, "nobody", "live", now + 20)
    assert only(session, show.id).state == "retrying"
    targets.switch(session, show.id, target_id, is_on=False, actor=HOST)
    assert only(session, show.id).state == "off"


def test_fsck_finds_a_key_of_another_installation_and_a_place_of_another_seller(
    session: Session, show: Show
) -> None:
    targets.add(session, show.id, FACEBOOK, HOST)
    session.execute(
        update(RestreamTarget).values(key="not sealed", seller_id=make_show(session).seller_id)
    )
    session.flush()
    found = {one.name for one in fsck.run_all(session) if one.problems}
    assert found >= {"video.target_keys_open", "video.targets_are_own"}
