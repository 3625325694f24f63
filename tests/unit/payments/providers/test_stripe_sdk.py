"""Stripe's signature, as its own SDK makes and checks it."""

import time

import pytest
import stripe

from payments.errors import BadSignature
from payments.providers.base import Notice
from payments.providers.stripe_sdk import SIGNATURE, StripeNotices

SECRET, BODY = "whsec_for_tests", '{"id":"evt_1","object":"event","amount":582000,"why":"chè"}'
MINUTE_S = 60
notices = StripeNotices()


def signed(body: str = BODY, *, ago_s: int = 0, secret: str = SECRET) -> Notice:
    sent_s = int(time.time()) - ago_s
    header = stripe.WebhookSignature.generate_signature_header(body, secret, sent_s)
    return Notice(body.encode(), {SIGNATURE: header})


def why(notice: Notice, now_ms: int | None = 0, secret: str = SECRET) -> object:
    with pytest.raises(BadSignature) as raised:
        notices.verify(notice, secret, now_ms)
    return raised.value.data["why"]


def test_what_the_sdk_signed_is_taken() -> None:
    notices.verify(signed(), SECRET, 0)


def test_an_old_notice_is_refused_unless_its_age_is_left_unjudged() -> None:
    notice = signed(ago_s=6 * MINUTE_S)
    assert why(notice) == "timestamp"
    notices.verify(notice, SECRET, None)


@pytest.mark.parametrize(
    "notice",
    [
        Notice(BODY.encode(), {}),
        Notice(BODY.encode(), {SIGNATURE: "t=1,v1=00"}),
        Notice(BODY.encode(), {SIGNATURE: "nonsense"}),
        Notice(BODY.encode(), {SIGNATURE: "t=1,v1=é"}),
        Notice(BODY.encode(), {SIGNATURE: "t=9" + "9" * 5000 + ",v1=00"}),
        Notice(BODY.replace("582000", "582001").encode(), signed().headers),
        Notice(BODY.replace(",", ", ").encode(), signed().headers),
        signed(secret="whsec_of_somebody_else"),
    ],
)
def test_anything_else_is_not_believed(notice: Notice) -> None:
    assert why(notice, None) == "signature"


def test_a_body_that_is_no_text_is_refused() -> None:
    assert why(Notice(b"\xff", signed().headers)) == "body"


def test_an_empty_secret_opens_to_nobody() -> None:
    assert why(signed(), None, secret="") == "signature"
