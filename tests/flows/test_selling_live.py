"""What a host and buyers do to each other in one show, over the API and on both databases."""

from tests.flows.test_outside import take
from tests.support.stall import LIVE_PRICE_VND, Stall
from tests.support.visitors import Json, pin, snapshot

FLASH_VND = 45_000


def open_two(stall: Stall) -> str:
    """A running session that sells five packs each of A1 and A2, three a buyer; its id."""
    goods = stall.listing, stall.second_listing(9)
    session_id = stall.host.open(stall.seller, [pin(one, 5, LIVE_PRICE_VND, 3) for one in goods])
    stall.host.do(session_id, "start")
    return session_id


def parts(claims: list[Json]) -> list[tuple[int, int, int]]:
    """Number, held and waiting packs of each."""
    return [(one["number"], one["held"], one["waiting"]) for one in claims]


def test_a_flash_price_holds_from_its_first_millisecond_to_before_its_last(stall: Stall) -> None:
    session_id = stall.show(5)
    stall.host.do(session_id, "pins/A1/flash", price_vnd=FLASH_VND, seconds=30, lead_s=10)
    asked = []
    for pause_ms in (9_999, 1, 29_999, 1):
        stall.time.advance(pause_ms)
        asked.append(stall.buyer().claim(session_id)["unit_price_vnd"])
    assert asked == [LIVE_PRICE_VND, FLASH_VND, FLASH_VND, LIVE_PRICE_VND]


def test_two_codes_in_a_comment_are_two_claims_and_the_unclear_rest_is_told(stall: Stall) -> None:
    session_id = open_two(stall)
    both = stall.buyer().say(session_id, "A1 1, A2 2 ạ")
    assert parts(both["claims"]) == [(1, 1, 0), (2, 2, 0)]
    partly = stall.buyer().say(session_id, "A1 9, A2 1")
    refused, served = partly["claims"]
    assert (refused["error"]["code"], served["held"]) == ("limit_reached", 1)
    unclear = stall.buyer().say(session_id, "A1 1, C9 2")
    assert (unclear["reading"]["why"], len(unclear["claims"])) == ("unknown_code", 1)


def test_what_is_taken_back_by_comment_goes_to_who_waits(stall: Stall) -> None:
    session_id = stall.show(2)
    first, second = stall.buyer(), stall.buyer()
    first.say(session_id, "chốt A1 2")
    waits = second.claim(session_id, 1)
    assert (waits["held"], waits["waiting"]) == (0, 1)
    assert first.say(session_id, "hủy A1")["claims"][0]["status"] == "withdrawn"
    assert second.my_claim(session_id, waits["claim"])["held"] == 1
    assert stall.left_in_show(session_id) == 1


def test_a_comment_that_comes_by_two_roads_claims_once(stall: Stall) -> None:
    session_id = stall.show(5)
    typed, again = "Hoa: chốt A1 2\nLan: chào", "Hoa: Chốt a1  2\nLan: chào"
    for road in (typed, "nick\ttext\tid\nHoa\tchốt A1 2\t7", again):
        take(stall, session_id, road)
    assert [line[3] for line in snapshot(stall.host, session_id)["claims"]] == [2]


def test_an_allotment_is_not_made_smaller_than_what_is_used_and_says_whose(stall: Stall) -> None:
    session_id = stall.show(5)
    for packs in (2, 1):
        stall.buyer().claim(session_id, packs)
    refused = stall.host.ask(f"/live/{session_id}/pins/A1/allotment", packs=2)
    assert (refused.status, refused.body["least"]) == (409, 3)
    assert [one[:2] for one in refused.body["claims"].split(", ")] == ["#2", "#1"]
    assert stall.left_in_show(session_id) == 2
    stall.host.do(session_id, "pins/A1/allotment", packs=3)
    assert stall.left_in_show(session_id) == 0


def test_codes_and_claims_belong_to_one_session(stall: Stall) -> None:
    one, other = open_two(stall), stall.show(2)
    buyer = stall.buyer()
    claim = buyer.claim(one, 1, "A2")["claim"]
    assert buyer.refused(f"/live/{other}/claims", code="A2", qty=1) == "unknown_code"
    assert buyer.refused(f"/live/{other}/claims/{claim}/change", qty=0) == "not_found"
    assert buyer.say(other, "hủy A2")["claims"] == []
    assert buyer.claim(other, 2)["number"] == 1
    assert stall.left_in_show(one) == 5
    assert buyer.my_claim(one, claim)["held"] == 1
