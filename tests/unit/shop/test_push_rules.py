"""Whose push services are written to, and what their answers mean."""

import pytest

from shop.notices.push_rules import (
    GONE,
    LATER,
    REFUSED,
    TAKEN,
    Verdict,
    is_known,
    origin_of,
    verdict,
)

CHROME = "https://fcm.googleapis.com/fcm/send/cX:APA91"


@pytest.mark.parametrize(
    "endpoint",
    [
        CHROME,
        "https://fcm.googleapis.com:443/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QGu",
        "https://wns2-par02p.notify.windows.com/w/?token=BQY%3d",
    ],
)
def test_the_services_of_known_browsers_are_known(endpoint: str) -> None:
    assert is_known(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "x",
        "https://",
        "https://[",
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com@127.0.0.1/x",
        "https://a@fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.vn/x",
        "https://notify.windows.com.example/x",
        "https://fcm.googleapis.com/x#y",
        "https://fcm.googleapis.com/ x",
        "https://fcm.googleapis.com/\r\nHost: x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "https://fcm.googleapis.com:99999/x",
        "https://fcm.googleapis.com/" + "x" * 600,
        "https://fcm.googleapis.cöm/x",
    ],
)
def test_nobody_elses_server_is_written_to(endpoint: str) -> None:
    assert not is_known(endpoint)


def test_an_operator_may_add_a_service_by_its_origin() -> None:
    added = ("http://127.0.0.1:9000",)
    assert is_known("http://127.0.0.1:9000/push/1", added)
    assert not is_known("http://127.0.0.1:9001/push/1", added)
    assert not is_known("http://x@127.0.0.1:9000/push/1", added)


def test_a_word_is_signed_for_the_origin_alone() -> None:
    assert origin_of(CHROME) == "https://fcm.googleapis.com"
    assert origin_of("http://127.0.0.1:9000/a?b") == "http://127.0.0.1:9000"


@pytest.mark.parametrize(
    ("status", "said", "meant"),
    [
        (201, {}, Verdict(TAKEN)),
        (202, {}, Verdict(TAKEN)),
        (404, {}, Verdict(GONE)),
        (410, {}, Verdict(GONE)),
        (403, {}, Verdict(GONE)),
        (400, {}, Verdict(REFUSED)),
        (413, {}, Verdict(REFUSED)),
        (302, {}, Verdict(REFUSED)),
        (429, {"retry-after": "120"}, Verdict(LATER, 120)),
        (429, {"retry-after": "1"}, Verdict(LATER, 60)),
        (503, {"retry-after": "999999"}, Verdict(LATER, 3600)),
        (503, {"retry-after": "Fri, 31 Dec 1999 23:59:59 GMT"}, Verdict(LATER, 60)),
        (500, {"retry-after": "９"}, Verdict(LATER, 60)),
    ],
)
def test_an_answer_means_one_thing(status: int, said: dict[str, str], meant: Verdict) -> None:
    assert verdict(status, said) == meant
