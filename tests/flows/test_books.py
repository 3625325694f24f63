"""The accountant's pages over HTTP: closing is asked for twice, done once, and for ever."""

from tests.flows.market import Market
from tests.support.visitors import new_client_id


def close(market: Market, month: str, **more: str) -> tuple[int, str]:
    form = {"client_id": new_client_id(), "month": month, **more}
    path = f"/console/{market.ids['seller']}/money/books/close"
    answer = market.ask("staff_a", "POST", path, data=form)
    return answer.status_code, answer.text


def test_a_month_is_closed_by_who_says_so_and_not_again(market: Market) -> None:
    assert close(market, "2026-10")[0] == 400
    assert close(market, "2026-11", consent="yes")[0] == 409
    assert close(market, "2026-10", consent="yes")[0] == 303
    status, page = close(market, "2026-10", consent="yes")
    assert status == 409
    assert "đã khóa sổ" in page
    shown = market.ask(
        "staff_a", "GET", f"/console/{market.ids['seller']}/money/books?month=2026-10"
    )
    assert "Đã khóa sổ" in shown.text


def test_what_is_no_month_or_account_is_refused_in_words(market: Market) -> None:
    here = f"/console/{market.ids['seller']}/money/books"
    assert market.ask("staff_a", "GET", f"{here}?month=2026-99").status_code == 400
    assert market.ask("staff_a", "GET", f"{here}/journal?account=gold").status_code == 404
    assert market.ask("staff_a", "GET", f"{here}/journal?page=x").status_code == 200
    assert close(market, "x", consent="yes")[0] == 400
