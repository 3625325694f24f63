"""Zalo's notices: tokens renewed and kept before use, templates filled, answers read without guessing."""

import json
from pathlib import Path

import pytest

from core.clock import FixedClock
from shop.notices import zalo_tokens
from shop.notices.letters import Letter
from shop.notices.roads import REFUSED, SENT, UNKNOWN, Fate, Recipient
from shop.notices.zalo_road import ZaloRoad
from tests.support.phone_company import PhoneCompany

SEND, TOKEN = "/message/template", "/v4/oa/access_token"
HOA = Recipient("Hoa", "+84912345678", "")
LETTER = Letter("Đơn CP1", "…", "/n/x", kind="order_on_way", facts={"code": "CP1", "seller": "A"})
OK = {"error": 0, "message": "Success", "data": {"msg_id": "m"}}


def token(name: str, lives_s: str = "90000") -> dict[str, str]:
    return {"access_token": f"a-{name}", "refresh_token": f"r-{name}", "expires_in": lives_s}


def road_of(company: PhoneCompany, keys: Path, *, set_up: bool = True) -> ZaloRoad:
    query = "order_on_way=321001:code,link,name"
    road = ZaloRoad(f"zalo+http://77:bi%20mat@{company.host}?{query}", keys)
    if set_up:
        zalo_tokens.put(road.account, "r-first")
    return road


def sent(company: PhoneCompany, keys: Path, times: int = 1) -> list[Fate]:
    road = road_of(company, keys)
    return [road.send(HOA, LETTER, f"try-{number}") for number in range(times)]


def tokens_of(company: PhoneCompany) -> list[str]:
    return [one.headers["access_token"] for one in company.asked if one.path == SEND]


def test_a_template_is_filled_with_the_facts_it_has_places_for(tmp_path: Path) -> None:
    with PhoneCompany({SEND: [OK], TOKEN: [token("1")]}) as company:
        assert sent(company, tmp_path) == [Fate(SENT)]
    asked_token, asked = company.asked
    assert asked_token.headers["secret_key"] == "bi mat"
    assert asked_token.body == "refresh_token=r-first&app_id=77&grant_type=refresh_token"
    assert json.loads(asked.body) == {
        "phone": "84912345678",
        "template_id": "321001",
        "template_data": {"code": "CP1", "link": "/n/x", "name": "Hoa"},
        "tracking_id": "try-0",
    }


def test_a_token_serves_a_day_and_each_refresh_token_once(
    tmp_path: Path, time_at: FixedClock
) -> None:
    with PhoneCompany({SEND: [OK], TOKEN: [token("1"), token("2")]}) as company:
        road = road_of(company, tmp_path)
        road.send(HOA, LETTER, "one")
        road.send(HOA, LETTER, "two")
        time_at.advance(86_400_000 + 3_600_000)
        ZaloRoad(f"zalo+http://77:s@{company.host}?order_on_way=1", tmp_path).send(HOA, LETTER, "3")
    assert tokens_of(company) == ["a-1", "a-1", "a-2"]
    renewals = [one.body for one in company.asked if one.path == TOKEN]
    assert ["r-first" in renewals[0], "r-1" in renewals[1], len(renewals)] == [True, True, 2]
    assert (tmp_path / "zalo.json").stat().st_mode & 0o777 == 0o600


def test_a_token_zalo_takes_back_is_renewed_once(tmp_path: Path) -> None:
    refused = {"error": -124, "message": "Access token invalid"}
    answers: dict[str, list[object]] = {SEND: [refused, OK], TOKEN: [token("1"), token("2")]}
    with PhoneCompany(answers) as company:
        assert sent(company, tmp_path) == [Fate(SENT)]
    assert tokens_of(company) == ["a-1", "a-2"]
    answers = {SEND: [refused], TOKEN: [token("1")]}
    with PhoneCompany(answers) as company:
        assert sent(company, tmp_path)[0].outcome == REFUSED
    assert len(tokens_of(company)) == 2


@pytest.mark.parametrize(
    ("answer", "outcome", "word"),
    [
        ({"error": -108}, REFUSED, "wrong number"),
        ({"error": -118}, REFUSED, "no Zalo"),
        ({"error": -115}, REFUSED, "no credit"),
        ({"error": -133}, REFUSED, "refused"),
        ({"error": -100}, UNKNOWN, "-100"),
        ({"error": 5}, UNKNOWN, "5"),
        ({"message": "?"}, UNKNOWN, "no answer"),
        ("<html>", UNKNOWN, "no answer"),
        (None, UNKNOWN, ""),
    ],
)
def test_an_answer_is_sent_refused_or_unclear_and_asked_for_once(
    tmp_path: Path, answer: object, outcome: str, word: str
) -> None:
    with PhoneCompany({SEND: [answer], TOKEN: [token("1")]}) as company:
        (fate,) = sent(company, tmp_path)
    assert (fate.outcome, word in fate.detail) == (outcome, True)
    assert len(tokens_of(company)) == 1


@pytest.mark.parametrize("answer", [{"error": -14118}, {"access_token": "a"}, "<html>", None])
def test_without_a_token_nothing_was_sent_and_the_next_road_is_taken(
    tmp_path: Path, answer: object
) -> None:
    with PhoneCompany({SEND: [OK], TOKEN: [answer]}) as company:
        (fate,) = sent(company, tmp_path)
    assert (fate.outcome, tokens_of(company)) == (REFUSED, [])


def test_a_kind_without_a_template_takes_the_next_road(tmp_path: Path) -> None:
    with PhoneCompany() as company:
        fate = road_of(company, tmp_path).send(HOA, Letter("x", "y", kind="offer"), "k")
    assert (fate.outcome, company.asked) == (REFUSED, [])


def test_the_road_leads_nowhere_before_it_is_set_up(tmp_path: Path) -> None:
    with PhoneCompany() as company:
        assert not road_of(company, tmp_path, set_up=False).leads_to(HOA)
        road = road_of(company, tmp_path)
    assert road.leads_to(HOA)
    assert not road.leads_to(Recipient("Hoa", "", ""))
