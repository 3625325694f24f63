"""One-time codes: short-lived, few tries, once."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import FixedClock
from core.errors import TooFast
from core.identity import codes_by_phone
from core.identity.codes_by_phone import Guess, WrongCode
from core.identity.models import OneTimeCode

PHONE, OTHER, KEY = "+84912345678", "+84987654321", "a key of this market"


def prove(session: Session, code: str, phone: str = PHONE) -> None:
    """Try `code` as the edge does, in one session."""
    guess = codes_by_phone.spend_try(session, phone)
    codes_by_phone.judge(guess, KEY, code)
    codes_by_phone.use(session, guess)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_the_code_that_was_sent_proves_the_number(session: Session) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    assert code.isdigit()
    assert len(code) == 6
    prove(session, code)


def test_a_code_works_once(session: Session) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    prove(session, code)
    with pytest.raises(WrongCode):
        prove(session, code)


def test_two_at_once_with_the_same_code_have_one_winner(session: Session) -> None:
    codes_by_phone.make(session, KEY, PHONE)
    first, second = [codes_by_phone.spend_try(session, PHONE) for _ in range(2)]
    codes_by_phone.use(session, first)
    with pytest.raises(WrongCode):
        codes_by_phone.use(session, second)


def test_the_sixth_try_fails_even_with_the_right_code(session: Session) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    for _ in range(5):
        with pytest.raises(WrongCode):
            prove(session, wrong(code))
    with pytest.raises(WrongCode):
        prove(session, code)


def test_the_fifth_try_still_counts(session: Session) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    for _ in range(4):
        with pytest.raises(WrongCode):
            prove(session, wrong(code))
    prove(session, code)


def test_a_code_is_good_for_five_minutes(session: Session, time_at: FixedClock) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    time_at.advance(5 * 60_000 - 1)
    guess = codes_by_phone.spend_try(session, PHONE)
    codes_by_phone.judge(guess, KEY, code)
    time_at.advance(1)
    with pytest.raises(WrongCode):
        codes_by_phone.spend_try(session, PHONE)


def test_a_new_code_ends_the_one_before(session: Session, time_at: FixedClock) -> None:
    first = codes_by_phone.make(session, KEY, PHONE)
    second = codes_by_phone.make(session, KEY, PHONE)
    if first != second:
        with pytest.raises(WrongCode):
            prove(session, first)
    prove(session, second)


def test_a_code_proves_only_its_own_number(session: Session) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    with pytest.raises(WrongCode):
        prove(session, code, OTHER)


def test_five_codes_an_hour_and_then_a_wait(session: Session, time_at: FixedClock) -> None:
    for _ in range(5):
        codes_by_phone.make(session, KEY, PHONE)
    time_at.advance(600_000)
    with pytest.raises(TooFast) as refused:
        codes_by_phone.make(session, KEY, PHONE)
    assert refused.value.data == {"retry_after_ms": 3_000_000}
    codes_by_phone.make(session, KEY, OTHER)
    time_at.advance(3_000_000)
    codes_by_phone.make(session, KEY, PHONE)


def test_old_codes_are_forgotten(session: Session, time_at: FixedClock) -> None:
    codes_by_phone.make(session, KEY, OTHER)
    time_at.advance(3_600_000)
    codes_by_phone.make(session, KEY, PHONE)
    assert list(session.scalars(select(OneTimeCode.phone))) == [PHONE]


def test_the_database_alone_does_not_tell_the_code(session: Session) -> None:
    code = codes_by_phone.make(session, KEY, PHONE)
    guess = codes_by_phone.spend_try(session, PHONE)
    assert code not in guess.code_hash
    with pytest.raises(WrongCode):
        codes_by_phone.judge(guess, "the key of another market", code)
    codes_by_phone.judge(Guess(guess.code_id, PHONE, guess.code_hash), KEY, code)
