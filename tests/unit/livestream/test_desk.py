"""The desk: who gets what, in which order, and how few statements it takes."""

import pytest
from sqlalchemy.orm import Session

from catalog import stock
from core import fsck
from core.errors import DomainError, LoginRequired, NotFound
from livestream.desk import desk
from livestream.desk.desk import ChangeRequest, ClaimRequest
from livestream.errors import (
    ClaimFixed,
    LimitReached,
    OnlyLower,
    PinClosed,
    SessionNotLive,
    UnknownCode,
)
from livestream.pins import pins
from livestream.shows import sessions
from tests.factories.identity import make_login
from tests.factories.livestream import (
    Show,
    claim_row,
    make_buyer,
    make_claim,
    make_show,
    pin_row,
)


def change(session: Session, show: Show, claim_id: str, qty: int, login: object) -> desk.Changed:
    return desk.change(session, ChangeRequest(show.id, claim_id, qty, login))  # type: ignore[arg-type]


def test_a_claim_holds_what_was_asked(session: Session) -> None:
    show = make_show(session, 10)
    claimed = make_claim(session, show, 2)
    assert (claimed.number, claimed.status, claimed.held, claimed.waiting) == (1, "held", 2, 0)
    assert (claimed.unit_price_vnd, claimed.left) == (60_000, 8)


def test_the_last_pack_goes_to_one_and_the_next_waits(session: Session) -> None:
    show = make_show(session, 1)
    first, second = make_claim(session, show), make_claim(session, show)
    assert (first.status, first.left) == ("held", 0)
    assert (second.status, second.held, second.waiting) == ("waitlisted", 0, 1)
    assert (second.number, second.expires_ms) == (2, None)


def test_a_short_claim_splits(session: Session) -> None:
    show = make_show(session, 3)
    claimed = make_claim(session, show, 5)
    assert (claimed.status, claimed.held, claimed.waiting, claimed.left) == ("split", 3, 2, 0)


def test_nobody_passes_the_waiting_list(session: Session) -> None:
    show = make_show(session, 2)
    first = make_claim(session, show, 2)
    waiting, buyer = make_claim(session, show, 2), make_buyer(session)
    row = claim_row(session, first.claim_id)
    row.expires_ms = 1
    newcomer = make_claim(session, show, 1, login=buyer)
    assert newcomer.status == "waitlisted"
    assert claim_row(session, waiting.claim_id).held == 2
    assert claim_row(session, first.claim_id).state == "expired"


def test_codes_are_read_in_any_case(session: Session) -> None:
    show = make_show(session, 10)
    assert make_claim(session, show, code="a1").held == 1


@pytest.mark.parametrize("code", ["B9", "A2"])
def test_an_unknown_code_says_so_and_uses_no_number(session: Session, code: str) -> None:
    show = make_show(session, 10)
    with pytest.raises(UnknownCode), session.begin_nested():
        make_claim(session, show, code=code)
    assert make_claim(session, show).number == 1


def test_a_closed_pin_takes_no_claims(session: Session) -> None:
    show = make_show(session, 10)
    pins.close(session, show.id, "A1")
    with pytest.raises(PinClosed):
        make_claim(session, show)


def test_claims_are_taken_while_the_picture_is_lost_and_not_after_the_end(session: Session) -> None:
    show = make_show(session, 10)
    sessions.interrupt(session, show.id)
    assert make_claim(session, show).held == 1
    sessions.end(session, show.id)
    with pytest.raises(SessionNotLive):
        make_claim(session, show)


def test_a_session_that_has_not_begun_takes_no_claims(session: Session) -> None:
    with pytest.raises(SessionNotLive):
        make_claim(session, make_show(session, 10, started=False))


def test_a_session_called_off_looks_like_none(session: Session) -> None:
    show = make_show(session, 10, started=False)
    sessions.cancel(session, show.id)
    with pytest.raises(NotFound):
        make_claim(session, show)


def test_a_claim_in_no_session_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        desk.claim(session, ClaimRequest("nowhere", "A1", 1, make_buyer(session), 0))


def test_a_claim_needs_a_number(session: Session) -> None:
    show = make_show(session, 10)
    login = make_login(session)[1]
    guest = type(login)(login.device_id, None, "", "", False, False)
    with pytest.raises(LoginRequired):
        make_claim(session, show, login=guest)


def test_the_limit_counts_all_devices_and_what_waits(session: Session) -> None:
    show = make_show(session, 2, limit=4)
    buyer = make_buyer(session)
    make_claim(session, show, 3, login=buyer)  # two held, one waits
    second_device = make_login(session, buyer.person_id, verified=False)[1]
    with pytest.raises(LimitReached) as raised:
        make_claim(session, show, 2, login=second_device)
    assert raised.value.data == {"allowed": 1}


def test_an_unproved_person_has_at_most_three_open_claims(session: Session) -> None:
    show = make_show(session, 10, 10)
    buyer = make_buyer(session, verified=False)
    for code in ("A1", "A2", "A1"):
        make_claim(session, show, login=buyer, code=code)
    with pytest.raises(LimitReached) as raised:
        make_claim(session, show, login=buyer, code="A2")
    assert raised.value.data == {"allowed": 0}


def test_two_to_one_keeps_number_and_place(session: Session) -> None:
    show, buyer = make_show(session, 10), None
    buyer = make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    changed = change(session, show, claimed.claim_id, 1, buyer)
    assert (changed.held, changed.status) == (1, "held")
    assert claim_row(session, claimed.claim_id).number == claimed.number
    assert stock.allotment_left(session, [pin_row(session, show).allotment_id])


def test_waiting_packs_are_given_up_first(session: Session) -> None:
    show, buyer = make_show(session, 2), make_buyer(session)
    claimed = make_claim(session, show, 4, login=buyer)
    changed = change(session, show, claimed.claim_id, 3, buyer)
    assert (changed.held, changed.waiting, changed.status) == (2, 1, "split")
    assert change(session, show, claimed.claim_id, 1, buyer).held == 1


def test_what_is_withdrawn_goes_to_the_first_who_waits(session: Session) -> None:
    show, buyer = make_show(session, 2), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    first, second = make_claim(session, show, 1), make_claim(session, show, 1)
    make_claim(session, show, 1)
    changed = change(session, show, claimed.claim_id, 0, buyer)
    assert (changed.held, changed.waiting, changed.status) == (0, 0, "withdrawn")
    assert [claim_row(session, one.claim_id).held for one in (first, second)] == [1, 1]


def test_a_claim_that_only_waited_can_be_withdrawn(session: Session) -> None:
    show, buyer = make_show(session, 1), make_buyer(session)
    make_claim(session, show)
    waiting = make_claim(session, show, 2, login=buyer)
    assert change(session, show, waiting.claim_id, 0, buyer).status == "withdrawn"


def test_asking_for_what_one_has_changes_nothing(session: Session) -> None:
    show, buyer = make_show(session, 5), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    assert change(session, show, claimed.claim_id, 2, buyer).seq == claimed.seq


def test_a_claim_is_not_raised(session: Session) -> None:
    show, buyer = make_show(session, 5), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    with pytest.raises(OnlyLower) as raised:
        change(session, show, claimed.claim_id, 3, buyer)
    assert raised.value.data == {"most": 2}


def test_what_is_over_stays_over(session: Session) -> None:
    show, buyer = make_show(session, 5), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    change(session, show, claimed.claim_id, 0, buyer)
    with pytest.raises(ClaimFixed):
        change(session, show, claimed.claim_id, 1, buyer)


def test_only_the_buyers_own_device_changes_a_claim(session: Session) -> None:
    show, buyer = make_show(session, 5), make_buyer(session)
    claimed = make_claim(session, show, 2, login=buyer)
    stranger = make_login(session, buyer.person_id, verified=False)[1]
    for login in (stranger, make_buyer(session)):
        with pytest.raises(NotFound):
            change(session, show, claimed.claim_id, 0, login)


def test_without_the_guard_seven_packs_go_to_more(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the guard is what keeps packs from being promised twice."""
    show = make_show(session, 7)
    monkeypatch.setattr(stock, "take", lambda _session, _allotment, _size, packs: packs)
    held = sum(make_claim(session, show).held for _ in range(10))
    assert held == 10
    verdicts = {one.name: one.problems for one in fsck.run_all(session)}
    assert verdicts["live.used_is_claimed_or_ordered"]


def test_refusals_speak_to_people(session: Session) -> None:
    errors: list[DomainError] = [
        LimitReached(2),
        OnlyLower(3),
        UnknownCode("B9"),
        ClaimFixed("paid"),
    ]
    assert all("%(" not in error.text() for error in errors)
