"""eSMS: what it is asked, and what its answers mean."""

import json

import pytest

from core.esms import EsmsSender
from core.messages import REFUSED, TAKEN, UNKNOWN
from tests.support.phone_company import PhoneCompany

PATH = "/MainService.svc/json/SendMultipleMessage_V4_post_json/"
PHONE = "+84912345678"


def sender(company: PhoneCompany) -> EsmsSender:
    return EsmsSender(f"esms+http://kh%C3%B3a:b%2Fm@{company.host}?brandname=CHOPHIEN")


def test_a_text_goes_without_marks_under_a_key_of_its_own() -> None:
    with PhoneCompany({PATH: [{"CodeResult": "100", "SMSID": "x"}]}) as company:
        told = sender(company).send(PHONE, "Đơn CP1 đang tới /n/x", "try-1")
    (asked,) = company.asked
    assert told.outcome == TAKEN
    assert json.loads(asked.body) == {
        "ApiKey": "khóa",
        "SecretKey": "b/m",
        "Brandname": "CHOPHIEN",
        "SmsType": "2",
        "IsUnicode": "0",
        "Phone": "0912345678",
        "Content": "Don CP1 dang toi /n/x",
        "RequestId": "try-1",
    }


@pytest.mark.parametrize(
    ("answer", "outcome", "word"),
    [
        ({"CodeResult": "100"}, TAKEN, ""),
        ({"CodeResult": 100}, TAKEN, ""),
        ({"CodeResult": "124", "ErrorMessage": "Request exist"}, TAKEN, ""),
        ({"CodeResult": "103"}, REFUSED, "no credit"),
        ({"CodeResult": "108"}, REFUSED, "wrong number"),
        ({"CodeResult": "101"}, REFUSED, "wrong key"),
        ({"CodeResult": "146"}, REFUSED, "text not registered"),
        ({"CodeResult": "999"}, REFUSED, "refused"),
        ({"CodeResult": "99"}, UNKNOWN, "99"),
        ({"error": "Invalid request"}, UNKNOWN, "no answer"),
        ("<html>502</html>", UNKNOWN, "no answer"),
        ([], UNKNOWN, "no answer"),
        (None, UNKNOWN, ""),
    ],
)
def test_an_answer_is_taken_refused_or_unclear(answer: object, outcome: str, word: str) -> None:
    with PhoneCompany({PATH: [answer]}) as company:
        told = sender(company).send(PHONE, "x")
    assert told.outcome == outcome
    assert word in told.detail
    assert len(company.asked) == 1


def test_a_provider_that_is_away_has_taken_nothing() -> None:
    away = EsmsSender("esms+http://a:b@127.0.0.1:9?brandname=x")
    assert away.send(PHONE, "x").outcome == REFUSED
