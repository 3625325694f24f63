"""What the strict reader does with one Socket.IO packet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livestream.delivery.packets import Accepted, Answered, Event, Hopeless, judge


@pytest.mark.parametrize(
    "text",
    [
        "0/live,",
        '0/live,{"token":"x"}',
        "1/live,",
    ],
)
def test_our_own_packets_are_let_through(text: str) -> None:
    assert judge(text) == Accepted()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ('2/live,7["join",{"session":"s"}]', Event("join", {"session": "s"}, 7)),
        ('2/live,["leave",{}]', Event("leave", {}, None)),
    ],
)
def test_an_event_of_ours_is_read(text: str, event: Event) -> None:
    assert judge(text) == Accepted(event)


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ('["claim",{"qty":NaN}]', "bad_json"),
        ('["claim",{"qty":1e999}]', "bad_json"),
        ('["claim",{"qty":1,"qty":2}]', "bad_json"),
        ('["claim",{"qty":' + "9" * 30 + "}]", "bad_json"),
        ('["claim",' + "[" * 1000, "bad_json"),
        ('["claim"]', "bad_request"),
        ('["claim",{},{}]', "bad_request"),
        ('["claim",[]]', "bad_request"),
        ('["connect",{}]', "bad_request"),
        ('["disconnect",{}]', "bad_request"),
        ("[1,{}]", "bad_request"),
        ("{}", "bad_request"),
        ("", "bad_json"),
    ],
)
def test_what_cannot_be_read_is_answered_by_its_id(payload: str, code: str) -> None:
    verdict = judge(f"2/live,12{payload}")
    assert isinstance(verdict, Answered)
    assert (verdict.packet_id, verdict.error.code) == (12, code)


@pytest.mark.parametrize(
    "text",
    [
        '2/live,["x"]',
        '2/other,1["join",{}]',
        '2["join",{}]',
        "3/live,1[]",
        "51-/live,[{}]",
        "4/live,",
        "",
        "x",
    ],
)
def test_what_cannot_be_answered_ends_the_connection(text: str) -> None:
    assert judge(text) == Hopeless()


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert judge("2/live," + text) is not None
