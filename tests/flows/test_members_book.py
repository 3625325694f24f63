"""A member reads what is theirs in three taps, and a list is paid by the bank's own word, over HTTP alone."""

import re

from tests.flows.market import Market


def test_what_is_mine_is_three_taps_away(market: Market) -> None:
    home = market.ask("buyer", "GET", "/").text
    assert 'href="/account"' in home  # the first tap
    account = market.ask("buyer", "GET", "/account").text
    assert 'href="/account/book"' in account  # the second
    mine = market.ask("buyer", "GET", "/account/book").text
    assert "Bà Sổ" in mine
    assert "50.000 đ" in mine
    spoken = re.findall(r'data-speak="([^"]+)"', mine)
    assert "năm mươi nghìn đồng" in spoken[0]
    assert f'href="/account/book/{market.ids["book_member"]}/statement"' in mine  # the third


def test_a_number_that_was_only_typed_shows_no_book(market: Market) -> None:
    account = market.ask("stranger", "GET", "/account").text
    assert "/account/book" not in account


def test_the_bank_gets_a_file_of_an_agreed_list_alone(market: Market) -> None:
    desk = f"/console/{market.ids['seller']}/money/payouts"
    told = market.ask("staff_a", "GET", f"{desk}/{market.ids['pay_run']}/file.csv")
    assert "BA NHAN" in told.text
    assert "85001234" in told.text
    assert "300000" in told.text
    refused = market.ask("staff_a", "GET", f"{desk}/{market.ids['large_run']}/file.xlsx")
    assert refused.status_code == 409


def test_who_agrees_to_a_list_sees_where_its_money_goes(market: Market) -> None:
    desk = f"/console/{market.ids['seller']}/money/payouts"
    shown = market.ask("staff_a", "GET", f"{desk}/{market.ids['large_run']}").text
    assert "Agribank •••• 1234" in shown
    assert "85001234" not in shown


def test_a_person_says_which_line_paid_and_takes_it_back(market: Market) -> None:
    ids = market.ids
    money = f"/console/{ids['seller']}/money"
    lines = f"{money}/payouts/{ids['pay_run']}/lines"
    assert "CK BA NHAN TIEN CHE" in market.ask("staff_a", "GET", lines).text
    form = {"client_id": "flow-tie-1", "seen": 0, "payout": ids["tie_payout"], "reason": "sao kê"}
    path = f"{lines}/{ids['tie_line']}"
    unsaid = market.ask("staff_a", "POST", path, data={**form, "reason": ""})
    assert (unsaid.status_code, f'value="{ids["tie_payout"]}" checked' in unsaid.text) == (
        400,
        True,
    )
    assert market.ask("staff_a", "POST", path, data=form).status_code == 303
    run = market.ask("staff_a", "GET", f"{money}/payouts/{ids['pay_run']}").text
    assert f"{money}/lines/{ids['tie_line']}" in run
    back = {"client_id": "flow-tie-2", "seen": 1, "reason": "nhầm"}
    undo = market.ask("staff_a", "POST", f"{money}/lines/{ids['tie_line']}/undo", data=back)
    assert undo.status_code == 303
    assert "CK BA NHAN TIEN CHE" in market.ask("staff_a", "GET", lines).text
