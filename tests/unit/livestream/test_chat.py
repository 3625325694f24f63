"""The room's talk under its rules, over rows: slow mode, staff alone, muted words, bars, lines taken away."""

import pytest
from sqlalchemy.orm import Session

from core import clock
from core.clock import FixedClock
from core.errors import DomainError, NotFound
from core.identity.logins import Login
from livestream import log
from livestream.desk import desk, intake
from livestream.desk.desk import Claimed, ClaimRequest
from livestream.desk.intake import Commented
from livestream.errors import Banned, Muted, SlowMode, StaffOnly
from livestream.talk import chat, chat_bars, comments
from livestream.talk.chat_rules import ChatRules
from livestream.talk.comments import CommentRequest
from tests.factories.identity import make_login
from tests.factories.livestream import Show, make_buyer, make_claim, make_show


def say_all(
    session: Session, show: Show, *said: tuple[Login, str]
) -> list[Commented | DomainError]:
    now = clock.now_ms()
    outcomes = intake.serve(
        session, [CommentRequest(show.id, text, who, now) for who, text in said]
    )
    return [one for one in outcomes if not isinstance(one, Claimed)]


def say(session: Session, show: Show, login: Login, text: str) -> Commented:
    (outcome,) = say_all(session, show, (login, text))
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


def shown(session: Session, show: Show) -> list[object]:
    return [line["text"] for line in comments.newest(session, show.id)]


def staff_of(session: Session, show: Show, role: str = "moderator") -> Login:
    return make_login(session, roles={show.seller_id: role})[1]


def test_slow_mode_takes_one_line_of_talk_and_every_order(
    session: Session, time_at: FixedClock
) -> None:
    show, buyer = make_show(session), make_buyer(session)
    chat.set_rules(session, show.id, ChatRules(10))
    say(session, show, buyer, "chào cả nhà")
    with pytest.raises(SlowMode):
        say(session, show, buyer, "chào nữa")
    ordered = say(session, show, buyer, "chốt A1 2")
    assert isinstance(ordered.outcomes[0], Claimed)
    assert ordered.hidden == "slow"
    assert shown(session, show) == ["chào cả nhà"]
    time_at.advance(10_000)
    assert say(session, show, buyer, "lại chào").hidden == ""


def test_slow_mode_counts_within_one_batch_and_each_person_apart(session: Session) -> None:
    show, one, other = make_show(session), make_buyer(session), make_buyer(session)
    chat.set_rules(session, show.id, ChatRules(10))
    told = say_all(session, show, (one, "a ơi"), (one, "b ơi"), (other, "c ơi"))
    assert [type(answer) for answer in told] == [Commented, SlowMode, Commented]


def test_who_only_typed_a_number_does_not_slow_its_owner_down(session: Session) -> None:
    show, owner = make_show(session), make_buyer(session)
    stranger = make_login(session, owner.person_id, verified=False)[1]
    chat.set_rules(session, show.id, ChatRules(10))
    say(session, show, stranger, "phá chút")
    assert say(session, show, owner, "chào").hidden == ""


def test_only_staff_talk_and_buyers_still_order(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    chat.set_rules(session, show.id, ChatRules(staff_only=True))
    with pytest.raises(StaffOnly):
        say(session, show, buyer, "giá bao nhiêu vậy")
    assert isinstance(say(session, show, buyer, "A1 1").outcomes[0], Claimed)
    say(session, show, staff_of(session, show), "Giá 60 nghìn nhé, xem chophien.test/a")
    (line,) = comments.newest(session, show.id)
    assert line["staff"] is True


def test_what_staff_say_is_never_an_order_nor_unclear(session: Session) -> None:
    show = make_show(session)
    for text in ("A1 còn 5 gói, chốt nhanh", "chốt A1 2", "chốt A1 A1 2"):
        said = say(session, show, staff_of(session, show), text)
        assert (said.reading.kind, said.outcomes) == ("chat", ())
    assert comments.unclear(session, show.id) == []


def test_a_muted_word_keeps_a_line_out_of_sight_in_all_sessions_of_the_seller(
    session: Session,
) -> None:
    show = make_show(session)
    chat.set_rules(session, show.id, ChatRules(words=frozenset({" Hàng  GIẢ "})))
    assert chat.rules_of(session, show.id).words == {"hàng giả"}
    said = say(session, show, make_buyer(session), "toàn hàng giả, A1")
    assert said.hidden == "words"
    assert shown(session, show) == []


def test_a_link_is_masked_for_buyers(session: Session) -> None:
    show = make_show(session)
    say(session, show, make_buyer(session), "rẻ hơn ở https://lua-dao.test/x")
    assert shown(session, show) == ["rẻ hơn ở [liên kết]"]


def test_a_muted_person_orders_unseen_until_it_is_lifted(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    said = say(session, show, buyer, "phá đám")
    chat_bars.bar(session, show.id, said.comment_id, "muted", "p:staff")
    with pytest.raises(Muted):
        say(session, show, buyer, "phá tiếp")
    ordered = say(session, show, buyer, "chốt A1")
    assert (ordered.hidden, type(ordered.outcomes[0])) == ("muted", Claimed)
    make_claim(session, show, login=buyer)
    (barred,) = chat_bars.listed(session, show.id)
    chat_bars.lift(session, show.id, barred.id)
    assert say(session, show, buyer, "xin lỗi cả nhà").hidden == ""


def test_a_banned_person_orders_nothing_by_any_road_and_stops_nobody_else(
    session: Session,
) -> None:
    show, banned = make_show(session), make_buyer(session)
    said = say(session, show, banned, "phá đám")
    chat_bars.bar(session, show.id, said.comment_id, "banned", "p:staff")
    now = clock.now_ms()
    asked = [ClaimRequest(show.id, "A1", 1, who, now) for who in (banned, make_buyer(session))]
    told = intake.serve(session, [*asked, CommentRequest(show.id, "A1 1", banned, now)])
    assert [type(one) for one in told] == [Banned, Claimed, Banned]
    with pytest.raises(Banned):
        make_claim(session, show, login=banned)


def test_a_banned_person_keeps_and_may_lower_what_was_held(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    held = make_claim(session, show, 2, login=buyer)
    said = say(session, show, buyer, "phá đám")
    chat_bars.bar(session, show.id, said.comment_id, "banned", "p:staff")
    changed = desk.change(session, desk.ChangeRequest(show.id, held.claim_id, 1, buyer))
    assert changed.held == 1


def test_a_bar_on_a_typed_number_does_not_silence_its_owner(session: Session) -> None:
    show, owner = make_show(session), make_buyer(session)
    stranger = make_login(session, owner.person_id, verified=False)[1]
    again = make_login(session, owner.person_id, verified=False)[1]
    said = say(session, show, stranger, "phá đám")
    chat_bars.bar(session, show.id, said.comment_id, "banned", "p:staff")
    make_claim(session, show, login=owner)
    with pytest.raises(Banned):
        make_claim(session, show, login=again)


def test_a_bar_belongs_to_one_session_and_never_falls_on_staff(session: Session) -> None:
    show, other, buyer = make_show(session), make_show(session), make_buyer(session)
    said = say(session, show, buyer, "phá đám")
    chat_bars.bar(session, show.id, said.comment_id, "banned", "p:staff")
    make_claim(session, other, login=buyer)
    own = say(session, show, staff_of(session, show), "chào")
    with pytest.raises(NotFound):
        chat_bars.bar(session, show.id, own.comment_id, "muted", "p:staff")
    with pytest.raises(NotFound):
        chat_bars.bar(session, other.id, said.comment_id, "muted", "p:staff")


def test_a_second_bar_takes_the_place_of_the_first(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    said = say(session, show, buyer, "phá đám")
    for kind in ("banned", "muted"):
        chat_bars.bar(session, show.id, said.comment_id, kind, "p:staff")
    assert [one.kind for one in chat_bars.listed(session, show.id)] == ["muted"]
    assert log.begin(session, show.id).barred == 1


def test_a_line_is_taken_out_of_sight_told_to_the_room_and_put_back(session: Session) -> None:
    show, buyer = make_show(session), make_buyer(session)
    before = chat.last_removal(session)
    said = say(session, show, buyer, "A1 1")
    chat.remove(session, show.id, said.comment_id)
    position, gone = chat.removed_since(session, show.id, before)
    assert (gone, shown(session, show)) == ([said.comment_id], [])
    assert chat.removed_since(session, show.id, position) == (position, [])
    assert isinstance(said.outcomes[0], Claimed)
    chat.put_back(session, show.id, said.comment_id)
    assert shown(session, show) == ["A1 1"]


def test_all_lines_of_one_person_go_at_once(session: Session) -> None:
    show, buyer, other = make_show(session), make_buyer(session), make_buyer(session)
    for who, text in ((buyer, "a a"), (other, "b b"), (buyer, "c c")):
        say(session, show, who, text)
    chat.remove_all_of(session, show.id, str(buyer.person_id))
    assert shown(session, show) == ["b b"]


def test_another_sessions_line_is_not_touched(session: Session) -> None:
    show, other = make_show(session), make_show(session)
    said = say(session, show, make_buyer(session), "chào")
    with pytest.raises(NotFound):
        chat.remove(session, other.id, said.comment_id)
