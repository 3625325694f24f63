"""P1, P9: who comes too late waits in number order; a freed pack is theirs before anybody else's."""

import pytest

from tests.support.stall import LIVE_PRICE_VND, Stall
from tests.support.visitors import Buyer, Json, snapshot

ALL_PACKS = 10
HOLD_MIN = 15
SOON = {"hold_rule": "minutes", "hold_minutes": HOLD_MIN}


def parts(claim: Json) -> tuple[str, int, int]:
    """A claim's status, and its packs that are held and that wait."""
    return claim["status"], claim["held"], claim["waiting"]


def line(stall: Stall, session_id: str, number: int) -> tuple[str, int, int]:
    """The same parts of claim `number` as everybody in the room sees it."""
    shown = next(c for c in snapshot(stall.host, session_id)["claims"] if c[0] == number)
    return shown[5], shown[3], shown[4]


def in_line(stall: Stall, session_id: str, *packs: int) -> list[tuple[Buyer, str]]:
    """New buyers who claim so many packs each, one after the other: with their claims' ids."""
    buyers = [stall.buyer() for _ in packs]
    return [(b, b.claim(session_id, qty)["claim"]) for b, qty in zip(buyers, packs, strict=True)]


def standing(session_id: str, line: list[tuple[Buyer, str]]) -> list[tuple[str, int, int]]:
    """How the claims of a line stand now."""
    return [parts(buyer.my_claim(session_id, claim)) for buyer, claim in line]


HELD, WAITS, GONE = ("held", 1, 0), ("waitlisted", 0, 1), ("withdrawn", 0, 0)


def test_a_short_claim_splits_and_the_buyer_is_told_both_numbers(stall: Stall) -> None:
    session_id = stall.show(3)
    claim = stall.buyer().claim(session_id, 5)
    assert parts(claim) == ("split", 3, 2)
    assert (claim["number"], claim["left"]) == (1, 0)
    assert line(stall, session_id, 1) == ("split", 3, 2)


def test_who_comes_after_the_last_pack_waits(stall: Stall) -> None:
    session_id = stall.show(1)
    (_, _), (second, claim) = in_line(stall, session_id, 1, 1)
    assert parts(second.my_claim(session_id, claim)) == WAITS
    assert second.my_claim(session_id, claim)["expires_at"] is None


def test_a_withdrawal_promotes_the_next_in_number_order(stall: Stall) -> None:
    session_id = stall.show(2)
    buyers = in_line(stall, session_id, 1, 1, 1, 1)
    buyers[1][0].change(session_id, buyers[1][1], 0)
    assert standing(session_id, buyers) == [HELD, GONE, HELD, WAITS]
    buyers[0][0].change(session_id, buyers[0][1], 0)
    assert standing(session_id, buyers) == [GONE, GONE, HELD, HELD]


def test_a_promoted_claim_gets_its_time_from_its_promotion(stall: Stall) -> None:
    session_id = stall.show(1, **SOON)
    (first, claim), (second, waiting) = in_line(stall, session_id, 1, 1)
    stall.pass_minutes(10)
    first.change(session_id, claim, 0)
    stall.pass_minutes(10)
    assert parts(second.my_claim(session_id, waiting)) == HELD
    assert second.order_basket(session_id, stall.seller)["state"] == "placed"


def test_packs_that_free_up_fill_the_first_in_line_before_the_second(stall: Stall) -> None:
    session_id = stall.show(3)
    buyers = in_line(stall, session_id, 3, 2, 1)
    buyers[0][0].change(session_id, buyers[0][1], 2)
    assert standing(session_id, buyers) == [("held", 2, 0), ("split", 1, 1), ("waitlisted", 0, 1)]


def test_a_lowered_quantity_keeps_its_number_and_place(stall: Stall) -> None:
    session_id = stall.show(3)
    buyers = in_line(stall, session_id, 3, 3, 1)
    second, claim = buyers[1]
    assert parts(second.change(session_id, claim, 1)) == ("waitlisted", 0, 1)
    buyers[0][0].change(session_id, buyers[0][1], 2)
    assert standing(session_id, buyers) == [("held", 2, 0), ("held", 1, 0), ("waitlisted", 0, 1)]
    assert second.my_claim(session_id, claim)["number"] == 2


def test_lowering_a_split_claim_gives_up_what_waits_first(stall: Stall) -> None:
    session_id = stall.show(3)
    ((buyer, claim),) = in_line(stall, session_id, 5)
    assert parts(buyer.change(session_id, claim, 4)) == ("split", 3, 1)
    assert parts(buyer.change(session_id, claim, 3)) == ("held", 3, 0)
    assert parts(buyer.change(session_id, claim, 2)) == ("held", 2, 0)
    assert stall.left_in_show(session_id) == 1


def test_a_quantity_cannot_be_raised(stall: Stall) -> None:
    session_id = stall.show(5)
    ((buyer, claim),) = in_line(stall, session_id, 2)
    assert buyer.refused(f"/live/{session_id}/claims/{claim}/change", qty=3)
    assert parts(buyer.my_claim(session_id, claim)) == ("held", 2, 0)


def test_who_withdraws_while_waiting_is_passed_over(stall: Stall) -> None:
    session_id = stall.show(1)
    buyers = in_line(stall, session_id, 1, 1, 1)
    buyers[1][0].change(session_id, buyers[1][1], 0)
    buyers[0][0].change(session_id, buyers[0][1], 0)
    status = [parts(b.my_claim(session_id, c))[1:] for b, c in buyers]
    assert status == [(0, 0), (0, 0), (1, 0)]


def test_a_hold_that_ran_out_is_the_next_ones_at_the_tick(stall: Stall) -> None:
    session_id = stall.show(1, **SOON)
    buyers = in_line(stall, session_id, 1, 1)
    stall.pass_minutes(HOLD_MIN)
    stall.tick()
    assert standing(session_id, buyers) == [("expired", 0, 0), HELD]


def test_p18_without_any_tick_a_newcomer_finds_the_next_in_line_served_first(stall: Stall) -> None:
    session_id = stall.show(1, **SOON)
    buyers = in_line(stall, session_id, 1, 1)
    stall.pass_minutes(HOLD_MIN)
    buyers += in_line(stall, session_id, 1)
    assert standing(session_id, buyers) == [("expired", 0, 0), HELD, WAITS]


def test_p18_without_any_tick_an_unpaid_order_that_ran_out_serves_the_line_first(
    stall: Stall,
) -> None:
    session_id = stall.show(1, **SOON)
    buyers = in_line(stall, session_id, 1, 1)
    buyers[0][0].order_basket(session_id, stall.seller)
    stall.pass_minutes(HOLD_MIN)
    buyers += in_line(stall, session_id, 1)
    assert standing(session_id, buyers)[1:] == [HELD, WAITS]
    stall.tick()
    assert standing(session_id, buyers) == [("lapsed", 0, 0), HELD, WAITS]


def test_p18_a_hold_lives_until_its_last_millisecond(stall: Stall) -> None:
    session_id = stall.show(1, **SOON)
    buyers = in_line(stall, session_id, 1, 1)
    stall.time.advance(HOLD_MIN * 60_000 - 1)
    stall.tick()
    assert standing(session_id, buyers) == [HELD, WAITS]


def test_what_ran_out_cannot_be_ordered_before_any_tick(stall: Stall) -> None:
    session_id = stall.show(1, **SOON)
    ((buyer, _),) = in_line(stall, session_id, 1)
    stall.pass_minutes(HOLD_MIN)
    wanted = {"seller": stall.seller, "name": "Hoa", "delivery": {"way": "pickup"}}
    assert buyer.refused(f"/live/{session_id}/orders", **wanted)
    stall.tick()
    assert stall.left_in_show(session_id) == 1


def test_a_bigger_allotment_serves_the_line_first(stall: Stall) -> None:
    session_id = stall.show(1)
    buyers = in_line(stall, session_id, 1, 1, 1)
    stall.host.do(session_id, "pins/A1/allotment", packs=2)
    assert standing(session_id, buyers) == [HELD, HELD, WAITS]
    stall.host.do(session_id, "pins/A1/allotment", packs=5)
    assert standing(session_id, buyers) == [HELD, HELD, HELD]
    assert stall.left_in_show(session_id) == 2


def test_freed_packs_never_pass_the_line_to_the_web(stall: Stall) -> None:
    session_id = stall.show(ALL_PACKS, limit=ALL_PACKS, **SOON)
    buyers = in_line(stall, session_id, ALL_PACKS, 1)
    stall.pass_minutes(HOLD_MIN)
    web = stall.buyer()
    web.put_in_cart(stall.listing)
    wanted = {"seller": stall.seller, "name": "Lan", "delivery": {"way": "pickup"}}
    assert web.refused("/cart/orders", **wanted) == "out_of_stock"
    stall.tick()
    assert standing(session_id, buyers) == [("expired", 0, 0), HELD]
    assert (stall.left_in_show(session_id), stall.left_in_shop()) == (ALL_PACKS - 1, 0)


def test_at_the_end_waiting_ends_and_what_nobody_took_returns_to_the_shop(stall: Stall) -> None:
    session_id = stall.show(6)
    (held,) = in_line(stall, session_id, 4)
    assert stall.left_in_shop() == ALL_PACKS - 6
    stall.host.do(session_id, "end")
    assert stall.left_in_shop() == ALL_PACKS - 4
    assert parts(held[0].my_claim(session_id, held[1])) == ("held", 4, 0)


def test_at_the_end_who_waits_is_told_it_is_over(stall: Stall) -> None:
    session_id = stall.show(3)
    buyers = in_line(stall, session_id, 2, 2, 1)
    stall.host.do(session_id, "end")
    assert standing(session_id, buyers) == [("held", 2, 0), ("held", 1, 0), ("ended", 0, 0)]
    assert line(stall, session_id, 2) == ("held", 1, 0)
    assert snapshot(stall.host, session_id)["counters"]["waiting"] == 0


def test_after_the_end_a_withdrawn_claim_goes_to_the_shop(stall: Stall) -> None:
    session_id = stall.show(3)
    buyers = in_line(stall, session_id, 3, 1)
    stall.host.do(session_id, "end")
    buyers[0][0].change(session_id, buyers[0][1], 0)
    assert stall.left_in_shop() == ALL_PACKS
    assert parts(buyers[1][0].my_claim(session_id, buyers[1][1])) == ("ended", 0, 0)


def test_after_the_end_what_runs_out_goes_to_the_shop(stall: Stall) -> None:
    session_id = stall.show(3, **SOON)
    in_line(stall, session_id, 3)
    stall.host.do(session_id, "end")
    stall.pass_minutes(HOLD_MIN)
    stall.tick()
    assert stall.left_in_shop() == ALL_PACKS


@pytest.mark.parametrize("step", ["interrupt", "end"])
def test_claims_are_taken_while_the_picture_is_lost_but_not_after_the_end(
    stall: Stall, step: str
) -> None:
    session_id = stall.show(3)
    stall.host.do(session_id, step)
    told = stall.buyer().ask(f"/live/{session_id}/claims", code="A1", qty=1)
    assert told.status == (200 if step == "interrupt" else 409)
    assert told.body.get("code") == (None if step == "interrupt" else "session_not_live")


def test_a_closed_pin_ends_its_line_and_no_other(stall: Stall) -> None:
    session_id = stall.show(1)
    second = stall.second_listing(5)
    stall.host.do(session_id, "pins", listing=second, packs=1, price_vnd=50_000, limit=5)
    stall.host.do(session_id, "pins/A2/side")
    first_line = in_line(stall, session_id, 1, 1)
    other = [stall.buyer() for _ in range(2)]
    claims = [(b, b.claim(session_id, code="A2")["claim"]) for b in other]
    stall.host.do(session_id, "pins/A1/close")
    assert standing(session_id, first_line) == [HELD, ("ended", 0, 0)]
    assert standing(session_id, claims) == [HELD, WAITS]


def test_p9_numbers_have_no_gap_whatever_becomes_of_the_claims(stall: Stall) -> None:
    session_id = stall.show(2)
    buyers = in_line(stall, session_id, 1, 1, 1)
    assert stall.buyer().refused(f"/live/{session_id}/claims", code="A9", qty=1) == "unknown_code"
    buyers[0][0].change(session_id, buyers[0][1], 0)
    buyers += in_line(stall, session_id, 1)
    numbers = [c[0] for c in snapshot(stall.host, session_id)["claims"]]
    assert numbers == [1, 2, 3, 4]


def test_an_order_that_is_cancelled_unpaid_serves_the_line(stall: Stall) -> None:
    session_id = stall.show(1)
    buyers = in_line(stall, session_id, 1, 1)
    code = buyers[0][0].order_basket(session_id, stall.seller)["code"]
    buyers[0][0].send(f"/orders/{code}/cancel")
    stall.settle()
    assert standing(session_id, buyers) == [("lapsed", 0, 0), HELD]
    assert stall.left_in_shop() == ALL_PACKS - 1


def test_an_order_that_is_cancelled_paid_serves_the_line_too(stall: Stall) -> None:
    session_id = stall.show(1)
    buyers = in_line(stall, session_id, 1, 1)
    code = buyers[0][0].order_basket(session_id, stall.seller)["code"]
    stall.bank_tells(code, LIVE_PRICE_VND)
    buyers[0][0].send(f"/orders/{code}/cancel")
    assert stall.left_in_shop() == ALL_PACKS - 1
    stall.settle()
    assert standing(session_id, buyers) == [("refunded", 0, 0), HELD]
    assert stall.left_in_shop() == ALL_PACKS - 1


def test_after_the_end_what_a_cancelled_paid_order_had_goes_to_the_shop(stall: Stall) -> None:
    session_id = stall.show(1)
    ((buyer, _),) = in_line(stall, session_id, 1)
    code = buyer.order_basket(session_id, stall.seller)["code"]
    stall.bank_tells(code, LIVE_PRICE_VND)
    stall.host.do(session_id, "end")
    buyer.send(f"/orders/{code}/cancel")
    assert stall.left_in_shop() == ALL_PACKS
