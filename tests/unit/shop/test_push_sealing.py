"""Messages for browsers, held against the examples of the RFCs and a reader of our own."""

import json

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from shop.notices.push_sealing import (
    MOST_BYTES,
    DeviceKeys,
    base64url,
    from_base64url,
    point_of,
    sealed,
    vapid,
)
from tests.support.push_service import Browser, raw, verify

# RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
AS_PRIVATE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
UA_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
UA_AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
    "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
# RFC 8292, section 2.4.
SIGNED = (
    "vapid t=eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiO"
    "jE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK"
    "2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA, "
    "k=BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
)


def key_of(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(raw(text)), ec.SECP256R1())


def test_the_example_of_the_rfc_is_sealed_to_the_letter() -> None:
    device = DeviceKeys(raw(UA_POINT), raw(UA_AUTH))
    assert base64url(sealed(PLAIN, device, raw(SALT), key_of(AS_PRIVATE))) == BODY


@given(st.binary(max_size=MOST_BYTES), st.binary(min_size=16, max_size=16))
def test_only_the_browser_it_was_sealed_for_reads_it(plain: bytes, salt: bytes) -> None:
    text = plain.hex()[:MOST_BYTES]
    browser, other = Browser(), Browser()
    device = DeviceKeys(raw(browser.p256dh), browser.auth)
    body = sealed(text.encode(), device, salt, ec.generate_private_key(ec.SECP256R1()))
    assert len(body) <= 4096
    assert browser.open(body) == text
    with pytest.raises(InvalidTag):
        other.open(body)


def test_our_reader_of_signatures_reads_the_rfcs_own() -> None:
    claims = verify(SIGNED, "https://push.example.net")
    assert claims["sub"] == "mailto:push@example.com"


def test_who_sends_is_signed_for_one_service_and_twelve_hours() -> None:
    signer = ec.generate_private_key(ec.SECP256R1())
    header = vapid("https://push.example.net", "mailto:cho@example.vn", 1_000_000, signer)
    claims = verify(header["Authorization"], "https://push.example.net")
    assert claims["exp"] == 1_000 + 12 * 3_600
    assert header["Authorization"].endswith(f"k={base64url(point_of(signer.public_key()))}")
    with pytest.raises(AssertionError):
        verify(header["Authorization"], "https://push.example.com")


@given(st.binary(max_size=80))
def test_keys_go_through_letters_and_back(key: bytes) -> None:
    assert from_base64url(base64url(key)) == key
    assert json.loads(json.dumps(base64url(key))) == base64url(key)


@pytest.mark.parametrize("text", ["ô", "a b", "a!", "a\n", "====x"])
def test_what_is_not_in_those_letters_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        from_base64url(text)
