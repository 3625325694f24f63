"""P5: every write may be sent again. Same client id and body, same answer and one effect; other body, 409.

A write goes by the `client_id` in its body, or stands in a table here with the reason why it needs none:
in `BY_STATE` if repeating it changes nothing, in `WITHOUT_ID` if it does no harm. A new write without an
id, and in neither table, fails the build.
"""

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from tests.flows.example import Body, Example, send
from tests.flows.examples import example_of
from tests.flows.market import Market
from tests.flows.routes import Route, all_routes, route

WITHOUT_ID = {
    "POST /api/v1/auth/phone": "a second token for the same number, as weak as the first",
    "POST /api/v1/auth/otp": "a second message; the number of codes an hour is limited",
    "POST /api/v1/auth/verify": "a code works once: the second is refused",
    "POST /api/v1/auth/login": "a second token for who knows the password",
    "POST /api/v1/auth/logout": "out is out: the second is told to sign in",
    "POST /live/<session_id>/me": "a second device for the same number, as weak as the first",
    "POST /moderate/<session_id>/outside/look": "it writes nothing: it shows how a text reads",
    "POST /console/<seller>/staff-orders/read": "it writes nothing: it shows how a message reads",
    "POST /login": "as above",
    "POST /login/code": "as above",
    "POST /login/verify": "as above",
    "POST /logout": "as above",
    "POST /account/devices/<device_id>/sign-out": "out is out: the second finds no such device",
}
WRITES = [found for found in all_routes() if found.writes]
_NEXT_ID = re.compile(rb'name="client_id" value="[^"]*"')
CONTROLS = {
    "livestream.desk.answers": "POST /api/v1/live/<session_id>/claims",
    "core.http.steps": "POST /api/v1/cart/lines",
}
REPEATED = [str(found) for found in WRITES if str(found) not in WITHOUT_ID]
BY_STATE = {
    "POST /account/name": "the name is what was sent last",
    "POST /cart/lines/<listing>": "the line holds what was sent last",
    "POST /console/<seller>/drafts/<draft>/typed": "the draft says what was typed last",
    "POST /api/v1/orders/<code>/card-intent/look": "Stripe is asked how it stands, however often",
    "POST /mailbox/<token>": "confirmed is confirmed",
    "POST /n/<notice>/shown": "shown is shown",
    "POST /nick/<key>": "whoever took it first has it",
    "POST /orders/<code>/card": "a payment has one live try at most, and its page is the same",
    "POST /orders/<code>/cancel": "cancelled is cancelled",
    "POST /orders/<code>/reviews": "the review says what was written last",
    "POST /sellers/<seller>/follow": "followed is followed",
    "POST /api/v1/live/<session_id>/video/publish": "the page's own id: asked again, it goes on",
    "POST /api/v1/media/news": "the engine's own number of the news",
    "POST /webhooks/carriers/<string:carrier>": "a hint: the carrier is asked, however often it comes",
    "POST /webhooks/stripe/<string:seller>": "Stripe's own id of the event",
    "POST /webhooks/<string:provider>/<string:feed>": "the bank's own id of the movement",
}
BY_ID = [name for name in REPEATED if name not in BY_STATE]


def told(answer: TestResponse) -> tuple[int, str, bytes]:
    """What a client is told: status, where to go, the body unless it is only a way there.

    A page's forms go by a new id each time it is shown; that is not part of what is told.
    """
    there = answer.headers.get("Location", "")
    return answer.status_code, there, b"" if there else _NEXT_ID.sub(b"", answer.data)


def twice(market: Market, at: Route, example: Example) -> tuple[TestResponse, TestResponse, bool]:
    """The answers to the same request sent twice, and whether the second changed anything."""
    first = send(at, example, market)
    after_first = market.digest()
    second = send(at, example, market)
    return first, second, market.digest() != after_first


@pytest.mark.parametrize("name", REPEATED)
def test_a_write_sent_twice_has_one_effect_and_one_answer(market: Market, name: str) -> None:
    example = example_of(route(name)).prepared(market)
    first, second, changed_again = twice(market, route(name), example)
    assert first.status_code == example.status
    assert told(second) == told(first)
    assert not changed_again


@pytest.mark.parametrize("name", BY_ID)
def test_the_same_id_with_another_body_is_a_conflict(market: Market, name: str) -> None:
    at, example = route(name), example_of(route(name)).prepared(market)
    assert "client_id" in example.fields(market)
    send(at, example, market)
    after_first = market.digest()
    for other in others(example.fields(market), example):
        answer = send(at, example.with_fields(other), market)
        assert answer.status_code == 409, (other, answer.text)
        assert "client_id_conflict" in answer.text or not at.for_programs
    assert market.digest() == after_first


def others(fields: Body, example: Example) -> Iterator[Body]:
    """The body with one field changed, for each field that can be changed and still be right."""
    for name, value in fields.items():
        if isinstance(value, int):
            yield {**fields, name: value + 1}
        elif name in example.anything:
            yield {**fields, name: f"{value} khác"}


def test_one_id_serves_one_kind_of_write(market: Market) -> None:
    """An id spent on a claim is spent for a comment, an order, a cart line as well."""
    ids = market.ids
    one, room = {"client_id": "one-id-for-all"}, f"/api/v1/live/{ids['session_id']}"
    bodies: dict[str, Body] = {
        f"{room}/claims": {"code": "A2", "qty": 1, **one},
        f"{room}/comments": {"text": "ngon quá", **one},
        "/api/v1/cart/lines": {"listing": ids["listing"], "packs": 1, **one},
    }
    told = [market.ask("buyer", "POST", path, json=body) for path, body in bodies.items()]
    assert [answer.status_code for answer in told] == [200, 409, 409]


def test_two_people_may_use_the_same_id(market: Market) -> None:
    path = f"/api/v1/live/{market.ids['session_id']}/claims"
    body: Body = {"code": "A2", "qty": 1, "client_id": "the-same-id"}
    told = [market.ask(role, "POST", path, json=body).get_json() for role in ("buyer", "other")]
    assert told[0]["number"] != told[1]["number"]


def test_the_answer_is_the_same_ninety_days_later(market: Market) -> None:
    path = f"/api/v1/live/{market.ids['session_id']}/claims"
    body: Body = {"code": "A2", "qty": 1, "client_id": "sent-again-late"}
    first = market.ask("buyer", "POST", path, json=body)
    market.time.advance(90 * 86_400_000)
    assert market.ask("buyer", "POST", path, json=body).data == first.data


@pytest.mark.parametrize("module", ["livestream.desk.answers", "core.http.steps"])
def test_without_the_guard_a_repeat_has_a_second_effect(
    market: Market, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """The control: with `once` and `each_once` off, the same two requests are told apart."""
    monkeypatch.setattr(f"{module}.once", lambda session, key, act: act())
    each = f"{module}.each_once"
    monkeypatch.setattr(each, lambda session, keys, act: act(range(len(keys))), raising=False)
    name = CONTROLS[module]
    first, second, changed_again = twice(
        market, route(name), example_of(route(name)).prepared(market)
    )
    assert changed_again
    assert told(second) != told(first)
