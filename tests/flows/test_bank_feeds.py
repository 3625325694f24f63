"""P3, P7: each provider's notices end to end, and everything a stranger or a fault could make of one."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from core.db import db, write
from payments.bank import feeds
from tests.factories.feeds import AMOUNT_FIELD, JSON, TELLERS, Told, connect
from tests.factories.payments import SECRET, Transfer
from tests.support.stall import PRICE_VND, Stall
from tests.support.visitors import Answer, Buyer

DUE_VND = 2 * PRICE_VND
PROVIDERS = tuple(TELLERS)
PAYLOADS = Path(__file__).parents[1] / "payloads"


@dataclass
class Line:
    """An order at a stall, and a provider that watches the stall's account."""

    stall: Stall
    buyer: Buyer
    code: str
    provider: str
    feed: str

    def tells(self, amount_vnd: int = DUE_VND, reference: str = "", **how: Any) -> Told:
        """What the provider would send of a transfer with the order's code."""
        transfer = Transfer(how.pop("memo", self.code), amount_vnd, reference)
        transfer = replace(transfer, direction=how.pop("direction", "in"))
        return TELLERS[self.provider](self.stall.till, transfer, **how)

    def send(self, told: Told) -> Answer:
        path = f"/webhooks/{self.provider}/{self.feed}"
        answer = self.stall.app.test_client().post(path, data=told.body, headers=told.headers)
        self.stall.settle()
        return Answer(answer.status_code, answer.get_json())

    def money(self) -> tuple[str, int]:
        order = self.buyer.order(self.code)
        return order["state"], order["paid_vnd"]

    def notices(self) -> list[str]:
        """What became of the notices that this feed stored."""
        query = text("SELECT state FROM webhook_bodies WHERE feed_id = :feed")
        with self.stall.app.app_context():
            return list(db.session.scalars(query, {"feed": self.feed}))


@pytest.fixture(params=PROVIDERS)
def line(request: pytest.FixtureRequest, stall: Stall) -> Line:
    buyer = stall.buyer()
    buyer.put_in_cart(stall.listing, 2)
    code = str(buyer.order_cart(stall.seller)["code"])
    provider = str(request.param)
    with stall.app.app_context():
        feed = write(lambda session: connect(session, stall.till, provider))
    return Line(stall, buyer, code, provider, feed)


def test_p3_the_exact_sum_secures_the_order(line: Line) -> None:
    assert line.send(line.tells()) == Answer(200, {"success": True})
    assert line.money() == ("secured", DUE_VND)
    assert (line.notices(), line.stall.suspense()) == (["read"], {})


def test_p3_the_same_notice_again_is_answered_alike_and_counts_once(line: Line) -> None:
    told = line.tells(60_000)
    assert [line.send(told).status for _ in range(3)] == [200] * 3
    assert line.money() == ("placed", 60_000)
    assert line.notices() == ["read"]


def test_p3_what_two_providers_tell_of_one_movement_counts_once(line: Line) -> None:
    line.send(line.tells(60_000, reference="FT-told-by-two"))
    line.stall.bank_tells(line.code, 60_000, reference="FT-told-by-two")
    assert line.money() == ("placed", 60_000)


def forged(line: Line, how: str) -> Told:
    """A notice that is wrong in one way."""
    told = line.tells()
    match how:
        case "secret":
            return line.tells(secret="somebody else's")
        case "no signature":
            fields = {
                key: value for key, value in json.loads(told.body).items() if key != "signature"
            }
            return Told(json.dumps(fields).encode(), JSON)
        case "other sum":
            return Told(told.body.replace(b"130000", b"130001"), told.headers)
        case _:
            drift_ms = 300_000 + 1_001
            return line.tells(drift_ms=-drift_ms if how == "old" else drift_ms)


@pytest.mark.parametrize("how", ["secret", "no signature", "other sum", "old", "early"])
def test_p3_what_is_not_rightly_signed_is_refused_and_leaves_nothing(line: Line, how: str) -> None:
    if line.provider == "payos" and how in ("old", "early"):
        how = "secret"  # its notices have no time
    answer = line.send(forged(line, how))
    assert (answer.status, answer.body["code"]) == (401, "bad_signature")
    assert (line.money(), line.notices(), line.stall.suspense()) == (("placed", 0), [], {})


def test_p3_a_body_written_anew_is_genuine_only_where_the_provider_signs_what_it_says(
    line: Line,
) -> None:
    told = line.tells()
    anew = Told(json.dumps(json.loads(told.body), indent=1).encode(), told.headers)
    assert line.send(anew).status == (401 if line.provider == "sepay" else 200)


@pytest.mark.parametrize("amount", [0, -1, 1.5, "130000", None, 10**13])
def test_p3_a_sum_that_is_no_sum_is_refused(line: Line, amount: object) -> None:
    if line.provider == "casso" and amount == -1:
        amount = 0  # below zero is money that left
    answer = line.send(line.tells(**{AMOUNT_FIELD[line.provider]: amount}))
    assert (answer.status, answer.body["code"]) == (400, "bad_request")
    assert (line.money(), line.notices()) == (("placed", 0), ["unreadable"])  # kept for a person


def test_p7_money_that_left_pays_no_order(line: Line) -> None:
    if line.provider == "payos":
        assert (
            line.send(line.tells(code="01")).status == 200
        )  # it tells of none; of failed ones only
        assert line.stall.suspense() == {}
    else:
        assert line.send(line.tells(direction="out")).status == 200
        assert line.stall.suspense() == {"outgoing": DUE_VND}
    assert line.money() == ("placed", 0)


def test_p3_two_megabytes_are_refused_unread(line: Line) -> None:
    answer = line.send(line.tells(memo="x" * 2_000_000) if line.provider == "sepay" else _huge())
    assert (answer.status, answer.body["code"]) == (413, "too_large")
    assert line.notices() == []


def _huge() -> Told:
    return Told(b'{"data": {"description": "' + b"x" * 2_000_000 + b'"}}', JSON)


def test_p7_a_notice_of_somebody_elses_account_is_kept_and_credits_nobody(line: Line) -> None:
    assert line.send(line.tells(accountNumber="0000000000")).status == 200
    assert (line.money(), line.notices()) == (("placed", 0), ["unreadable"])


@pytest.mark.parametrize("memo", ["tien che", "CPX7K3M9Q3", "CPX7K3M9Q2"])
def test_p7_money_without_a_code_of_this_seller_waits_in_suspense(line: Line, memo: str) -> None:
    line.send(line.tells(memo=memo))
    assert line.money() == ("placed", 0)
    assert line.stall.suspense() == {"unknown_code": DUE_VND}


def test_p3_a_feeds_secret_opens_no_other_address(line: Line) -> None:
    other = replace(line, provider=next(name for name in PROVIDERS if name != line.provider))
    assert other.send(line.tells()).status == 404


def test_while_a_secret_is_changed_both_are_believed_and_later_only_the_new_one(
    line: Line,
) -> None:
    with line.stall.app.app_context():
        write(lambda session: feeds.rotate(session, line.feed, "the new one"))
    statuses = [
        line.send(line.tells(1_000, secret=secret)).status for secret in (SECRET, "the new one")
    ]
    assert (statuses, line.money()) == ([200, 200], ("placed", 2_000))
    line.stall.time.advance(feeds.OLD_KEPT_MS)
    late = [
        line.send(line.tells(1_000, secret=secret)).status for secret in (SECRET, "the new one")
    ]
    assert late == [401, 200]


@pytest.mark.parametrize("line", ["payos"], indirect=True)
def test_payos_test_notice_of_an_order_nobody_has_is_answered_well(line: Line) -> None:
    """payOS sends it when an address is set up, signed with the channel's key."""
    vector = json.loads((PAYLOADS / "webhook_vectors.json").read_bytes())[0]
    with line.stall.app.app_context():
        write(lambda session: feeds.rotate(session, line.feed, vector["key"]))
    body = {"code": "00", "desc": "success", "success": True, "data": vector["data"]}
    told = Told(json.dumps({**body, "signature": vector["signature"]}).encode(), JSON)
    assert line.send(told) == Answer(200, {"success": True})
    assert line.stall.suspense() == {}
