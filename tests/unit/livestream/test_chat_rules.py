"""The verdict on one line: no rule of talk costs anybody an order."""

from itertools import product

import pytest

from core.errors import DomainError
from livestream.errors import Banned, Muted, SlowMode, StaffOnly
from livestream.talk.chat_rules import ChatRules, Line, judged

STRICT = ChatRules(10, staff_only=True, words=frozenset({"xau"}))
ORDERS = ("claim", "withdraw", "ambiguous")


def refusal(rules: ChatRules, line: Line) -> DomainError:
    with pytest.raises(DomainError) as refused:
        judged(rules, line)
    return refused.value


@pytest.mark.parametrize("kind", ORDERS)
def test_whatever_may_be_an_order_is_taken_under_every_rule(kind: str) -> None:
    for slow_s, staff_only, bar, wait_ms in product((0, 10), (False, True), ("", "muted"), (0, 9)):
        rules = ChatRules(slow_s, staff_only, frozenset({"a1"}))
        assert judged(rules, Line(kind, "chốt A1", bar=bar, wait_ms=wait_ms)) is not None


@pytest.mark.parametrize("kind", [*ORDERS, "chat", "question"])
def test_nothing_of_a_banned_person_is_taken(kind: str) -> None:
    assert isinstance(refusal(ChatRules(), Line(kind, "A1", bar="banned")), Banned)


def test_a_muted_persons_talk_is_refused_and_their_orders_are_out_of_sight() -> None:
    assert isinstance(refusal(ChatRules(), Line("chat", "chào", bar="muted")), Muted)
    assert judged(ChatRules(), Line("claim", "A1", bar="muted")) == "muted"


def test_only_staff_talk_when_only_staff_may() -> None:
    assert isinstance(refusal(STRICT, Line("question", "giá?")), StaffOnly)
    assert judged(STRICT, Line("chat", "xấu", staff=True, wait_ms=9)) == ""


def test_slow_mode_says_when_one_may_talk_again() -> None:
    slow = refusal(ChatRules(30), Line("chat", "chào", wait_ms=12_000))
    assert isinstance(slow, SlowMode)
    assert slow.data == {"retry_after_ms": 12_000, "slow_s": 30}
    assert slow.code == "too_fast"
    assert "30 giây" in slow.text()


def test_a_line_with_a_muted_word_is_kept_out_of_sight() -> None:
    rules = ChatRules(words=frozenset({"hang gia"}))
    assert judged(rules, Line("chat", "toàn hàng giả")) == "words"
    assert judged(rules, Line("chat", "hàng thật, giá tốt")) == ""
